// Readable before whole: a picture in a frame that scrolls is drawn large enough for its words.
const SCALE = 0.8; // of full size

export default function legible(frame) {
  const size = () => {
    const picture = frame.querySelector("svg.map");
    const wide = SCALE * picture.viewBox.baseVal.width;
    const room = frame.clientWidth - 2 * parseFloat(getComputedStyle(frame).paddingInlineStart);
    if (wide > room) picture.style.inlineSize = `${wide}px`;
    else picture.style.removeProperty("inline-size");
  };
  new ResizeObserver(size).observe(frame);
}
