/**
 * Closes the gap that a low section leaves beside a higher one: what stands below it in its column moves up. A grid ends both at the same
 * line, and cannot know beforehand which of the two is the higher.
 */

/** @import { SectionPanel } from '../../ui/section-panel.js' */

/**
 * What is left below a section's content.
 * @param {SectionPanel} section
 */
function roomBelow(section) {
  const body = section.renderRoot.querySelector('.body');
  if (!body) return 0;
  const padding = Number.parseFloat(getComputedStyle(section).paddingBottom) || 0;
  return section.getBoundingClientRect().bottom - padding - body.getBoundingClientRect().bottom;
}

export function createColumnLift() {
  /** @type {SectionPanel | undefined} */
  let section;
  /** @type {HTMLElement | undefined} */
  let next;
  /** @type {Element | undefined} */
  let body;
  const observer = new ResizeObserver(() => {
    const room = section ? roomBelow(section) : 0;
    next?.style.setProperty('--lift', `${room > 1 ? Math.floor(room) : 0}px`);
  });

  return {
    /**
     * @param {SectionPanel | undefined} low the section that may be the lower one
     * @param {HTMLElement | undefined} below what stands below it
     */
    follow(low, below) {
      const content = low?.renderRoot?.querySelector('.body') ?? undefined;
      if (low === section && below === next && content === body) return;
      next?.style.removeProperty('--lift');
      observer.disconnect();
      [section, next, body] = [low, below, content];
      if (!low || !below) return;
      observer.observe(low);
      if (content) observer.observe(content);
    },

    dispose: () => observer.disconnect(),
  };
}
