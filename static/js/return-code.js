// The eight words are shown once, here, and nowhere else.
import { post } from "./post.js";

export default function returnCode(form) {
  const section = form.closest("section") ?? document;
  const keepsake = section.querySelector("[data-keepsake]");
  const problem = section.querySelector("[data-problem]");
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const button = form.querySelector("button");
    button.disabled = true;
    try {
      const { status, body } = await post(form.action, {});
      if (status !== 201) throw new Error(body.title);
      const words = keepsake.querySelector(".words");
      words.replaceChildren(
        ...body.words.flatMap((word) => {
          const span = document.createElement("span");
          span.textContent = word;
          return [span, " "];
        }),
      );
      keepsake.querySelector("img").src = body.qr;
      keepsake.hidden = false;
      problem.hidden = true;
      form.hidden = true;
      words.tabIndex = -1;
      words.focus();
    } catch {
      problem.hidden = false;
      button.disabled = false;
    }
  });
}
