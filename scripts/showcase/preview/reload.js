/* Loads the page anew when the project has changed. Only a preview has this script.

   One question stays open until there is news; a page that cannot be seen asks nothing. */
(() => {
  "use strict";
  // The state that this page shows stands in the script's own address.
  const known = new URL(document.currentScript.src).searchParams.get("known");
  let asking = false;

  const ask = async () => {
    if (asking || document.hidden) return;
    asking = true;
    try {
      const answer = await fetch(`/-/news?known=${known}`, { cache: "no-store" });
      if ((await answer.text()) !== known) {
        location.reload();
        return;
      }
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
