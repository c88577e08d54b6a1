import { useEffect } from 'react';

const focusable = ':is(a[href], button, input:not([type=hidden]), select, textarea, [contenteditable=true], [tabindex]):not(:disabled, [tabindex="-1"])';
/** Dialogs and menus give the focus back themselves, a moment after they are gone. */
const patienceMs = 40;

/** Where an element stands: itself and what it stands in up to the body, each with its place among its siblings. */
type Place = readonly { element: Element; index: number }[];

/** Where what had the focus is taken away, the keyboard goes on at what is in its place, else at what comes next, instead of at the top of the page. */
export function useFocusKept(): void {
  useEffect(() => {
    let place: Place = [];
    let timer: ReturnType<typeof setTimeout> | undefined;
    const onFocus = ({ target }: FocusEvent) => {
      if (target instanceof Element && target !== document.body) place = placeOf(target);
    };
    const onBlur = () => queueMicrotask(() => {
      // Somebody clicked beside it: it is still there.
      if (nothingHasFocus() && place[0]?.element.isConnected) place = [];
    });
    const observer = new MutationObserver(() => {
      const lost = place[0] && !place[0].element.isConnected && nothingHasFocus();
      if (!lost) return;
      clearTimeout(timer);
      timer = setTimeout(() => {
        if (nothingHasFocus() && place[0] && !place[0].element.isConnected) successorOf(place)?.focus({ preventScroll: true });
      }, patienceMs);
    });
    document.addEventListener('focusin', onFocus);
    document.addEventListener('focusout', onBlur);
    observer.observe(document.body, { childList: true, subtree: true });
    return () => {
      document.removeEventListener('focusin', onFocus);
      document.removeEventListener('focusout', onBlur);
      observer.disconnect();
      clearTimeout(timer);
    };
  }, []);
}

const nothingHasFocus = (): boolean => document.activeElement === null || document.activeElement === document.body;

function placeOf(element: Element): Place {
  const place = [];
  for (let each: Element | null = element; each && each !== document.body; each = each.parentElement) {
    place.push({ element: each, index: each.parentElement ? [...each.parentElement.children].indexOf(each) : 0 });
  }
  return place;
}

function successorOf(place: Place): HTMLElement | null {
  const main = document.querySelector('main');
  const kept = place.findIndex(({ element }) => element.isConnected);
  const within = place[kept]?.element;
  // What stood outside of the page, such as a dialog, has no neighbours.
  if (!main || !within || !main.contains(within)) return main;
  const successor = within.children[place[kept - 1]?.index ?? 0];
  const same = successor && samePlace(successor, place.slice(0, kept - 1));
  if (same?.matches(focusable)) return asHtml(same);
  const all = [...main.querySelectorAll(focusable)];
  const next = successor
    ? all.find((each) => successor.contains(each) || isAfter(each, successor))
    : all.find((each) => isAfter(each, within) && !within.contains(each));
  return asHtml(next ?? all.findLast((each) => isAfter(within, each)) ?? main);
}

/** In what came in the place of something, the element that stands where the other one stood. */
function samePlace(root: Element, path: Place): Element | undefined {
  let found: Element | undefined = root;
  for (const { element, index } of path.toReversed()) {
    found = found?.children[index];
    if (found?.tagName !== element.tagName) return undefined;
  }
  return found;
}

const isAfter = (one: Element, other: Element): boolean => (other.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;

const asHtml = (element: Element): HTMLElement | null => (element instanceof HTMLElement ? element : null);
