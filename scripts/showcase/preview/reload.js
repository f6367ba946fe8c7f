/* Loads the page anew when the project has changed. Only a preview has this script.

   One question stays open until there is news; a page that cannot be seen asks nothing. */
(() => {
  "use strict";
  let known = -1;
  let asking = false;

  const ask = async () => {
    if (asking || document.hidden) return;
    asking = true;
    try {
      const answer = await fetch(`/-/news?known=${known}`, { cache: "no-store" });
      const latest = Number(await answer.text());
      if (known >= 0 && latest !== known) {
        location.reload();
        return;
      }
      known = latest;
    } catch {
      // The preview was ended, or is being started again.
      await new Promise((resolve) => setTimeout(resolve, 1000));
    }
    asking = false;
    ask();
  };

  document.addEventListener("visibilitychange", ask);
  ask();
})();
