import highlight from "@11ty/eleventy-plugin-syntaxhighlight";

export default function (config) {
  const posts = (all) => all.getFilteredByGlob("posts/*.md").reverse();
  config.addPlugin(highlight);
  config.addPassthroughCopy("images");
  config.addPassthroughCopy("style.css");
  config.addFilter("day", (date) => date.toISOString().slice(0, 10));
  config.addFilter("moment", (date) => date.toISOString());
  config.addFilter("first", (list, count) => list.slice(0, count));
  config.addCollection("posts", posts);
  config.addCollection("byTag", (all) => {
    const found = {};
    for (const post of posts(all)) for (const tag of post.data.tags) (found[tag] ??= []).push(post);
    return Object.keys(found).sort().map((tag) => ({ tag, posts: found[tag] }));
  });
  return { dir: { output: "_site" }, markdownTemplateEngine: false };
}
