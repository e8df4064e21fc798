import { type DriveStep, driver } from 'driver.js'
import 'driver.js/dist/driver.css'
import { useEffect } from 'react'
import { m } from '#messages'
import { wantsLessMotion } from '../canvas/gliding.ts'
import { useWorkshop } from '../workshop.ts'
import './tour.css'

interface Stop {
  /** What is pointed at; places that are not on the page (on a phone, for readers) are left out. */
  at: string
  title: string
  text: string
  side: 'top' | 'right' | 'bottom' | 'left'
}

const stops = (): Stop[] => [
  { at: '[data-tour="palette"]', title: m.tour_palette(), text: m.tour_palette_how(), side: 'right' },
  { at: '[data-tour="canvas"]', title: m.tour_canvas(), text: m.tour_canvas_how(), side: 'top' },
  { at: '[data-tour="outline"]', title: m.tour_outline(), text: m.tour_outline_how(), side: 'bottom' },
  { at: '[data-tour="side"]', title: m.tour_side(), text: m.tour_side_how(), side: 'left' },
  { at: '[data-tour="history"]', title: m.tour_history(), text: m.tour_history_how(), side: 'bottom' },
  { at: '[data-tour="publish"]', title: m.tour_publish(), text: m.tour_publish_how(), side: 'bottom' },
]

/** Shows somebody around: the parts of the designer one after the other, in a sentence or two each. Escape or the cross ends it. */
export default function Tour() {
  const { desk } = useWorkshop()
  useEffect(() => {
    const from = document.activeElement
    const present = stops().filter(({ at }) => document.querySelector(at))
    const steps = present.map(({ at, title, text, side }, place): DriveStep => ({
      element: at,
      popover: { title, description: text, side, align: 'center', ...(place === 0 ? { showButtons: ['next', 'close'] } : {}) },
    }))
    const tour = driver({
      steps,
      animate: !wantsLessMotion(),
      showProgress: true,
      progressText: m.tour_progress({ at: '{{current}}', of: '{{total}}' }),
      nextBtnText: m.tour_next(),
      prevBtnText: m.tour_back(),
      doneBtnText: m.tour_done(),
      popoverClass: 'tour',
      stagePadding: 4,
      disableActiveInteraction: true,
      onPopoverRender: ({ closeButton, nextButton }) => {
        closeButton.setAttribute('aria-label', m.tour_end())
        requestAnimationFrame(() => {
          // It would put the cursor into the cross, so that Enter ends the tour.
          nextButton.focus()
          // It calls what it points at a button that opens the bubble. None is one.
          const [pointedAt] = document.getElementsByClassName('driver-active-element')
          for (const name of ['aria-haspopup', 'aria-expanded', 'aria-controls']) pointedAt?.removeAttribute(name)
        })
      },
      onDestroyed: () => desk.setState({ touring: false }),
    })
    tour.drive()
    return () => {
      tour.destroy()
      if (from instanceof HTMLElement) from.focus()
    }
  }, [desk])
  return null
}
