import { useMemo } from 'react'
import { catalogue, settingMeta } from '../../../catalogue/catalogue.ts'
import { type Difference, differences } from '../../../mission/differences.ts'
import type { Mission } from '../../../mission/mission.ts'
import type { Words } from '../../../mission/words.ts'
import { nameIds } from '../names.ts'
import { useNames } from '../settings/directory.ts'
import { useWorkshop } from '../workshop.ts'

/** How a document became another, in sentences in which people and channels have their names. */
export function useDifferences(before: Mission, after: Mission): Difference[] {
  const { language, workspaceId } = useWorkshop()
  const was = useNames(before, workspaceId)
  const is = useNames(after, workspaceId)
  return useMemo(() => {
    const names = new Map([...was, ...is])
    return differences(nameIds(before, names), nameIds(after, names), catalogue.kinds, labelSetting, language)
  }, [before, after, was, is, language])
}

function labelSetting(type: string, setting: string): Words | undefined {
  const schema = (catalogue.actions.get(type) ?? catalogue.triggers.get(type))?.settings.shape[setting]
  return schema && settingMeta(schema)?.label
}
