import { useEffect, useState } from 'react';

// A button that is pressed and then waits is disabled and loses the focus: it still counts as what had it.
let last: EventTarget | null = null;
document.addEventListener('focusin', ({ target }) => { last = target; });
document.addEventListener('focusout', ({ target }) => { if (!isDisabled(target)) last = null; });

/** When this goes, gives the focus back to what had it; to a button that waits, as soon as it can be pressed again. */
export function useFocusGivenBack(): void {
  const [before] = useState(() => last);
  useEffect(() => () => { if (before instanceof HTMLElement) giveFocus(before); }, [before]);
}

function isDisabled(target: EventTarget | null): boolean {
  return target instanceof Element && target.matches(':disabled');
}

function giveFocus(element: HTMLElement): void {
  element.focus();
  if (!isDisabled(element)) return;
  const observer = new MutationObserver(() => {
    if (isDisabled(element)) return;
    observer.disconnect();
    if (document.activeElement === document.body) element.focus();
  });
  observer.observe(element, { attributes: true, attributeFilter: ['disabled'] });
}
