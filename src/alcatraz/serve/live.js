// Reloads a page of the preview after each build, and shows over it what a build failed of.
// No style attribute, no style element, no HTML from text: a strict Content-Security-Policy lets all of this run.
(() => {
  const shown = document.currentScript.dataset.build;
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

  const connect = () => {
    disconnect();
    source = new EventSource("/.alcatraz/events");
    source.onmessage = ({ data }) => {
      const { build, error } = JSON.parse(data);
      if (build === shown) show(error);
      else reload();
    };
    source.onerror = ({ target }) => {
      if (target === source && source.readyState === EventSource.CLOSED) setTimeout(listen, 1000);
    };
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
  restore();
  addEventListener("load", restore);
  listen();
})();
