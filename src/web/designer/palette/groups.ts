import { m } from '#messages'
import type { OfferGroup } from './offers.ts'

/** What a part of the palette is called. */
export function titleOfGroup(group: OfferGroup): string {
  switch (group) {
    case 'start':
      return m.designer_group_start()
    case 'people':
      return m.designer_group_people()
    case 'messages':
      return m.designer_group_messages()
    case 'flow':
      return m.designer_group_flow()
    case 'channels':
      return m.designer_group_channels()
    case 'data':
      return m.designer_group_data()
    case 'services':
      return m.designer_group_services()
  }
}
