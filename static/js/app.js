// The one script of every page.
import { attach } from "./behaviors.js";

await attach();
document.documentElement.dataset.ready = "true";
