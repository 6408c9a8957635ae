// This part takes no more answers: the buttons rest, and what was typed stays.
export default function locking(notice) {
  const stage = notice.closest("[data-workshop]");
  const show = (isLocked) => {
    notice.hidden = !isLocked;
    stage.toggleAttribute("data-part-locked", isLocked);
    for (const button of stage.querySelectorAll(".stage-step form [data-go]")) {
      const isHere = button.closest(".stage-step").dataset.stepId === stage.dataset.step;
      button.toggleAttribute("data-resting", isLocked && isHere);
      button.disabled = isLocked && isHere;
    }
  };
  show(notice.dataset.locked !== undefined);
  addEventListener("cocreate:change", ({ detail: change }) => {
    if (change.topic === "stage" && change.workshop_id === stage.dataset.workshop) show(Boolean(change.part_locked));
  });
}
