// Reads the question aloud with a voice of this device; nothing is sent anywhere.
export default function readAloud(button) {
  if (!globalThis.speechSynthesis) return;
  const scope = button.closest(".put-question") ?? button.parentElement; // the answers too, where some can be chosen
  const language = document.documentElement.lang;
  const find = () =>
    speechSynthesis.getVoices().find((voice) => voice.localService && voice.lang.toLowerCase().startsWith(language));
  const offer = () => (button.hidden = !find());
  offer();
  speechSynthesis.addEventListener?.("voiceschanged", offer);
  button.addEventListener("click", () => {
    if (speechSynthesis.speaking) return speechSynthesis.cancel();
    // One by one, because a browser falls silent in the middle of a long text.
    for (const part of scope.querySelectorAll(".question, .hint, [data-aloud]")) {
      const words = new SpeechSynthesisUtterance(part.textContent);
      words.voice = find();
      words.lang = language;
      speechSynthesis.speak(words);
    }
  });
}
