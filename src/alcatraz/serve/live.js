// Brings a page of the preview up to date after each build, and shows over it what a build failed of.
// A page that is the same stays as it is; one in which nothing but style is another gets the new styles, and its reader
// keeps the place, what is open and what is typed; any other is loaded again, and so is one of which that is not known.
// No style attribute, no style element of its own, no HTML from text: a strict Content-Security-Policy lets all of this run.
(() => {
  const own = document.currentScript.dataset; // the build that this page shows, its file and the version of that
  const address = location.href;
  const LIVE = "/.alcatraz/";
  const SHEETS = "style:not(noscript *), link[rel~=stylesheet i]:not(noscript *)";
  const KEY = "alcatraz:scroll";
  const STYLE = `
    :host { all: initial; position: fixed; inset: auto 0 0; z-index: 2147483647; }
    section { box-sizing: border-box; max-block-size: 60vh; overflow: auto; padding: 1rem 1.25rem;
      background: #2b1113; color: #fff; border-block-start: 4px solid #ff8a7a; font: 1rem/1.5 system-ui, sans-serif; }
    h2 { margin: 0 0 .5rem; font-size: 1rem; }
    pre { margin: 0; font: .9rem/1.5 ui-monospace, monospace; white-space: pre-wrap; overflow-wrap: anywhere; }
    @media print { :host { display: none; } }`;

  let source = null;
  let overlay = null;

  const show = (error) => {
    overlay?.remove();
    overlay = null;
    if (!error) return;
    overlay = document.createElement("div");
    const root = overlay.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    root.adoptedStyleSheets = [sheet];
    const section = document.createElement("section");
    section.setAttribute("role", "alert");
    section.lang = "en";
    const heading = document.createElement("h2");
    heading.textContent = "The build failed, so nothing here has changed";
    const text = document.createElement("pre");
    text.tabIndex = 0;
    text.textContent = error;
    section.append(heading, text);
    root.append(section);
    document.body.append(overlay);
  };

  const reload = () => {
    disconnect();
    sessionStorage.setItem(KEY, JSON.stringify([location.href, scrollX, scrollY]));
    location.reload();
  };

  const restore = () => {
    const [href, x, y] = JSON.parse(sessionStorage.getItem(KEY) ?? "[]");
    if (href !== location.href) return;
    scrollTo({ left: x, top: y, behavior: "instant" });
    if (document.readyState === "complete") sessionStorage.removeItem(KEY);
  };

  // The page as it is served now: its styles, and the rest of it. XMLHttpRequest, since it is what makes a document of an
  // answer without a parser for text, which Trusted Types forbid. Null where no page is there; rejected where nobody answers.
  const served = () =>
    new Promise((resolve, reject) => {
      const request = new XMLHttpRequest();
      request.open("GET", address);
      request.responseType = "document";
      request.onerror = reject;
      request.onload = () => {
        const there = request.response;
        const tag = there?.querySelector(`script[src^="${LIVE}"]`);
        if (!tag) return resolve(null);
        const sheets = [...there.querySelectorAll(SHEETS)];
        for (const part of [tag, ...sheets]) part.replaceWith(there.createComment(""));
        resolve({ sheets, rest: there.documentElement.outerHTML, version: tag.dataset.version });
      };
      request.send();
    });

  // What this page was made of, asked for now, while it is most likely still that: scripts will change the page itself.
  let made = served().then((it) => (it?.version === own.version ? it : null), () => null);

  // The elements that stand in this page for the styles it was served with, in that order; fewer where a script changed them.
  let standing = null;
  const inPage = (sheets) => {
    const here = [...document.querySelectorAll(SHEETS)];
    return sheets.flatMap((sheet) => {
      const place = here.findIndex((element) => element.isEqualNode(sheet));
      return place < 0 ? [] : here.splice(0, place + 1).slice(-1);
    });
  };

  // The path of a file of this site, as events say it; "" for what is not of this site.
  const pathOf = (url) => {
    const { origin, pathname } = new URL(url, address);
    if (origin !== location.origin || pathname.startsWith(LIVE)) return "";
    const path = pathname.endsWith("/") ? `${pathname}index.html` : pathname;
    try {
      return decodeURIComponent(path);
    } catch {
      return path;
    }
  };

  // Puts other styles in the place of those that are not the same; a style sheet goes when the new one is there.
  const restyle = (before, after, isStale) =>
    after.map((sheet, place) => {
      const old = standing[place];
      const isFile = sheet.localName === "link";
      const stale = isFile && isStale(pathOf(sheet.href));
      if (!stale && sheet.isEqualNode(before[place])) return old;
      const fresh = document.importNode(sheet, true);
      if (stale) {
        const url = new URL(fresh.href);
        url.searchParams.set("alcatraz", own.build); // or the browser would take what it has
        fresh.href = url;
      }
      old.after(fresh);
      if (isFile) fresh.onload = fresh.onerror = () => old.remove();
      else old.remove();
      return fresh;
    });

  // Brings this page from the build that it shows to another; `changed` are the paths of what is not the same, where known.
  const update = async (build, changed) => {
    const isStale = (path) => path !== "" && (changed === null || changed.has(path));
    const files = [...document.querySelectorAll(SHEETS)].filter(({ href }) => href).map(({ href }) => pathOf(href));
    const asked = performance.getEntriesByType("resource")
      .filter(({ initiatorType }) => initiatorType !== "other") // what a browser asks for by itself: its favicon
      .map(({ name }) => pathOf(name));
    // Of other pages it has asked for some in case its reader goes there, and one in a frame looks after itself.
    const apart = [pathOf(address), ...files];
    if (asked.some((path) => isStale(path) && !path.endsWith(".html") && !apart.includes(path))) return reload();
    if (own.page && !isStale(own.page) && !files.some(isStale)) {
      own.build = build;
      return;
    }
    const [before, after] = [await made, await served()];
    if (!before || after?.rest !== before.rest || after.sheets.length !== before.sheets.length) return reload();
    standing ??= inPage(before.sheets);
    if (standing.length !== before.sheets.length) return reload();
    own.build = build;
    standing = restyle(before.sheets, after.sheets, isStale);
    made = after;
  };

  const hear = async ({ build, error, changed }) => {
    if (build !== own.build) await update(build, changed && new Set(changed));
    if (source) show(error);
  };

  const connect = () => {
    disconnect();
    let heard = Promise.resolve();
    const stream = new EventSource(`${LIVE}events?since=${own.build}`);
    source = stream;
    // In turn, since each says what changed after the one before. If nobody answers, it is all told again from the start.
    source.onmessage = ({ data }) => {
      heard = heard.then(() => stream === source && hear(JSON.parse(data))).catch(() => stream === source && again());
    };
    source.onerror = ({ target }) => {
      if (target === source && source.readyState === EventSource.CLOSED) again();
    };
  };

  const again = () => {
    disconnect();
    setTimeout(listen, 1000);
  };

  const disconnect = () => {
    source?.close();
    source = null;
  };

  // A browser opens six connections to a host and no more: pages that nobody sees must not hold them all.
  // What they missed they learn when they are seen again, because a stream begins with the state as it is.
  const listen = () => (document.visibilityState === "hidden" ? disconnect() : connect());

  document.addEventListener("visibilitychange", listen);
  addEventListener("pagehide", disconnect);
  addEventListener("pageshow", ({ persisted }) => persisted && listen());
  performance.setResourceTimingBufferSize(10_000); // or a page would know of the first 250 of what it asked for
  restore();
  addEventListener("load", restore);
  listen();
})();
