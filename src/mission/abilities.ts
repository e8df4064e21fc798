import { asIs, type Inspection, naming, type Place, type Problem } from './inspection.ts'
import type { Words } from './words.ts'

/** What a chat may be able to do, as far as missions care. */
export type Ability = 'channels' | 'createChannel' | 'threads' | 'editMessage' | 'forms' | 'reactions' | 'commands'

/** How much of something a message may hold. Texts and labels in characters, of the longest one. */
export type Limit = 'text' | 'buttons' | 'buttonLabel' | 'fields'

/** What the check needs to know of the platform on which a mission is to run. */
export interface PlatformView {
  title: Words
  abilities: Readonly<Record<Ability, boolean>>
  limits: Readonly<Record<Limit, number>>
}

/** What a trigger or step needs of a platform: an ability, without which it cannot work or only `loses` something; or room for so much. */
export type Need = { ability: Ability; loses?: Words } | { limit: Limit; amount: number }

const missing: Record<Ability, Words> = {
  channels: { en: 'there are no channels there', fr: 'il n’y a pas de canaux' },
  createChannel: { en: 'no channel can be created there', fr: 'on ne peut pas y créer de canal' },
  threads: { en: 'there are no threads there', fr: 'il n’y a pas de fils de discussion' },
  editMessage: { en: 'a message cannot be changed there', fr: 'un message ne peut pas y être modifié' },
  forms: { en: 'there are no forms there', fr: 'il n’y a pas de formulaires' },
  reactions: { en: 'there are no reactions there', fr: 'il n’y a pas de réactions' },
  commands: { en: 'there are no commands there', fr: 'il n’y a pas de commandes' },
}

const holding: Record<Limit, Words> = {
  text: {
    en: 'a text of $2 characters; $3 fit into a message of $4',
    fr: 'un texte de $2 caractères\u00a0; un message de $4 en contient $3',
  },
  buttons: { en: '$2 buttons; $3 fit under a message of $4', fr: '$2 boutons\u00a0; un message de $4 en contient $3' },
  buttonLabel: {
    en: 'a button of $2 characters; $3 fit on a button of $4',
    fr: 'un bouton de $2 caractères\u00a0; un bouton de $4 en contient $3',
  },
  fields: {
    en: 'a form of $2 fields; $3 fit into a form of $4',
    fr: 'un formulaire de $2 champs\u00a0; un formulaire de $4 en contient $3',
  },
}

/** Checks that the chosen platform can do what triggers and steps need of it, and tells what is lost there. */
export function checkPlatform({ mission, kinds, title }: Inspection, platform: PlatformView): Problem[] {
  const placed = [
    ...mission.triggers.map(({ id, type, settings }) => ({
      id,
      where: { trigger: id },
      needs: kinds.trigger(type)?.needs?.(settings) ?? [],
    })),
    ...mission.steps.map(({ id, type, settings }) => ({ id, where: { step: id }, needs: kinds.step(type)?.needs?.(settings) ?? [] })),
  ]
  return placed.flatMap(({ id, where, needs }) => lackingFor(title(id), { id, where }, needs, platform))
}

/** What a platform cannot do of what one trigger or step needs, or only with a loss. */
export function lackingFor(title: Words, placed: { id: string; where: Place }, needs: readonly Need[], platform: PlatformView): Problem[] {
  return needs.flatMap((need) => lacking(title, placed, need, platform))
}

function lacking(title: Words, { id, where }: { id: string; where: Place }, need: Need, platform: PlatformView): Problem[] {
  if ('limit' in need) {
    const most = platform.limits[need.limit]
    if (need.amount <= most) return []
    const { en, fr } = holding[need.limit]
    return [
      {
        id: `platform:${id}:${need.limit}`,
        severity: 'error',
        where,
        why: naming({ en: `$1 has ${en}.`, fr: `$1 a ${fr}.` }, title, asIs(need.amount), asIs(most), platform.title),
        remedy: { en: 'Shorten it in the step’s settings.', fr: 'Raccourcissez-le dans les réglages de l’étape.' },
      },
    ]
  }
  if (platform.abilities[need.ability]) return []
  const why = missing[need.ability]
  const problem = { id: `platform:${id}:${need.ability}`, where }
  if (!need.loses)
    return [
      {
        ...problem,
        severity: 'error',
        why: naming(
          { en: `$1 cannot work in $2: ${why.en}.`, fr: `$1 ne peut pas fonctionner dans $2\u00a0: ${why.fr}.` },
          title,
          platform.title,
        ),
        remedy: {
          en: 'Replace it by something that works there, or choose another platform.',
          fr: 'Remplacez-le par ce qui y fonctionne, ou choisissez une autre plateforme.',
        },
      },
    ]
  return [
    {
      ...problem,
      severity: 'warning',
      why: naming(
        { en: `In $2, $1 loses something: ${why.en}.`, fr: `Dans $2, $1 perd quelque chose\u00a0: ${why.fr}.` },
        title,
        platform.title,
      ),
      remedy: need.loses,
    },
  ]
}
