import type { Language } from '../../../../mission/words.ts'
import { foldText } from '../../palette/offers.ts'

/** A sign that people put into messages, with the words by which it is found. The first words are what it is called. */
export interface Emoji {
  sign: string
  words: Readonly<Record<Language, string>>
  group: string
}

/**
 * The emoji that messages at work use, group by group: sign | English | French. A group begins with its own names.
 * Unicode has 3,800 of them; whoever needs another can still type or paste it.
 */
const table = `
people|Faces and people|Visages et personnes
😀|grinning smile happy|sourire content heureux
😃|smiley happy joy|sourire joyeux
😄|smile laughing eyes|sourire yeux rieurs
😁|beaming grin|large sourire
😅|sweat relief nervous laugh|soulagement sueur rire nerveux
😂|tears of joy laugh funny|larmes de joie rire drôle
🤣|rolling on the floor laughing|mort de rire
🙂|slight smile|léger sourire
🙃|upside down|tête à l’envers
😉|wink|clin d’œil
😊|blush pleased|rougir ravi
😇|angel innocent halo|ange innocent
🥰|hearts love adore|amour cœurs adorer
😍|heart eyes love|yeux en cœur amour
🤩|star struck wow|étoiles émerveillé
😘|kiss|bisou
😋|yum delicious|miam délicieux
😜|tongue wink joke|langue clin d’œil blague
🤔|thinking hmm|réfléchir pensif
🤨|raised eyebrow doubt|sourcil levé doute
😐|neutral|neutre
😬|grimace awkward|grimace gêne
🙄|eye roll|lever les yeux au ciel
😌|relieved calm|soulagé calme
😴|sleeping tired|dormir fatigué
🤒|sick ill fever|malade fièvre
🤕|hurt injured|blessé
🥳|celebrating face party birthday|visage en fête célébrer anniversaire
😎|cool sunglasses|cool lunettes de soleil
🤓|nerd glasses|intello lunettes
😕|confused|confus
😟|worried|inquiet
😮|surprised wow open mouth|surpris bouche ouverte
😢|cry sad tear|triste pleurer larme
😭|sob crying loudly|sangloter pleurer
😱|scream fear shock|cri peur choc
😤|triumph huff|fier agacé
😡|angry rage|colère fâché
🤯|mind blown|tête qui explose époustouflé
😷|mask sick|masque malade
🤗|hug|câlin
🤫|shush quiet secret|chut silence secret
🫡|salute yes sir|salut à vos ordres
🤖|robot bot|robot
👻|ghost|fantôme
💩|poop|crotte
🙈|see no evil monkey|singe ne rien voir
👋|wave hello goodbye|bonjour au revoir coucou main
👍|thumbs up yes good agree like|pouce levé oui bien accord
👎|thumbs down no bad|pouce baissé non mauvais
👌|ok perfect|ok parfait
✌️|victory peace two|victoire paix deux
🤞|fingers crossed luck|doigts croisés chance
🤙|call me|appelle-moi
👉|point right|montrer à droite doigt
👈|point left|montrer à gauche doigt
👆|point up above|montrer en haut doigt
👇|point down below|montrer en bas doigt
✋|raised hand stop|main levée stop
👏|clap applause bravo|applaudir bravo
🙌|raised hands hooray|mains levées hourra
🤝|handshake deal welcome|poignée de main accord bienvenue
🙏|please thank you pray|s’il vous plaît merci prier
💪|strong muscle|fort muscle
✍️|writing sign|écrire signer
👀|eyes look see|yeux regarder voir
🧠|brain idea think|cerveau idée
👤|person user|personne utilisateur
👥|people team group|équipe groupe personnes
🧑‍💻|developer computer work|développeur ordinateur travail
🧑‍🏫|teacher training|enseignant formation
🧑‍🔧|mechanic repair|mécanicien réparation
🕵️|detective search|détective enquête
🦸|hero|héros
🤷|shrug do not know|hausser les épaules je ne sais pas
🤦|facepalm|main sur le visage consterné
🙋|raise hand question volunteer|lever la main question volontaire
hearts|Hearts and celebrations|Cœurs et fêtes
❤️|red heart love|cœur rouge amour
🧡|orange heart|cœur orange
💛|yellow heart|cœur jaune
💚|green heart|cœur vert
💙|blue heart|cœur bleu
💜|purple heart|cœur violet
🖤|black heart|cœur noir
💔|broken heart|cœur brisé
💖|sparkling heart|cœur étincelant
🎉|party popper congratulations celebrate|fête félicitations bravo
🎊|confetti|confettis
🎈|balloon birthday|ballon anniversaire
🎁|gift present|cadeau
🎂|cake birthday|gâteau anniversaire
🥂|cheers toast|santé trinquer
🏆|trophy winner|trophée gagnant
🥇|gold medal first|médaille d’or premier
🎯|target goal|cible objectif
✨|sparkles new magic|étincelles nouveau magie
⭐|star favourite|étoile favori
🌟|glowing star|étoile brillante
🔥|fire hot|feu génial
💯|hundred perfect|cent parfait
🚀|rocket launch release|fusée lancement
work|Work and objects|Travail et objets
💡|idea light bulb|idée ampoule
📌|pin important|épingle important
📍|location place|lieu endroit
📎|paperclip attachment|trombone pièce jointe
📝|memo note write|note mémo écrire
📄|document page file|document page fichier
📁|folder|dossier
📊|chart statistics|graphique statistiques
📈|chart up growth|graphique hausse croissance
📉|chart down loss|graphique baisse
📅|calendar date|calendrier date
🗓️|calendar schedule|calendrier planning
⏰|alarm clock reminder|réveil rappel
⏳|hourglass wait|sablier attendre
⌛|time is up|temps écoulé sablier
🕘|nine o’clock time|neuf heures temps
📢|announcement loudspeaker|annonce haut-parleur
📣|megaphone|mégaphone
🔔|bell notification|cloche notification
🔕|bell off quiet|cloche coupée silence
💬|speech message chat|message discussion bulle
🗨️|comment|commentaire
✉️|envelope mail|enveloppe courrier
📧|e-mail|e-mail courriel
📨|incoming mail|courrier reçu
📦|package delivery box|colis livraison
🛒|shopping cart order|panier commande achat
💻|laptop computer|ordinateur portable
🖥️|desktop computer screen|ordinateur écran
⌨️|keyboard|clavier
🖱️|mouse|souris
🖨️|printer|imprimante
📱|phone mobile|téléphone mobile
☎️|telephone call|téléphone appel
🎧|headphones|casque écouteurs
📷|camera photo|appareil photo
🔑|key access|clé accès
🔒|locked secure|verrouillé sécurisé
🔓|unlocked open|déverrouillé ouvert
🔗|link|lien
🔍|search magnifier|recherche loupe
🔧|wrench repair fix|clé réparer
🔨|hammer build|marteau construire
⚙️|gear settings|engrenage réglages
🧪|test experiment|test expérience
🐛|bug|bogue insecte
💰|money budget|argent budget
💶|euro money|euro argent
💳|credit card payment|carte paiement
🧾|receipt invoice|reçu facture
🏢|office building|bureau immeuble
🏠|home house remote|maison télétravail
🏭|factory|usine
🎓|graduation training|diplôme formation
📚|books learning|livres apprentissage
🩺|doctor health|médecin santé
🧯|extinguisher emergency|extincteur urgence
🗑️|bin delete|corbeille supprimer
🪑|chair desk|chaise bureau
nature|Food, travel and nature|Nourriture, voyages et nature
☕|coffee break|café pause
🍵|tea|thé
🥐|croissant breakfast|croissant petit déjeuner
🍕|pizza lunch|pizza déjeuner
🥗|salad|salade
🍣|sushi|sushi
🍔|burger|burger
🌮|taco|taco
🍎|apple fruit|pomme fruit
🍰|cake dessert|gâteau dessert
🍪|cookie|biscuit cookie
🍺|beer|bière
🍷|wine|vin
✈️|plane travel holiday|avion voyage vacances
🚆|train|train
🚗|car|voiture
🚲|bicycle bike|vélo
🚌|bus|bus
🏖️|beach holiday|plage vacances
🏝️|island holiday|île vacances
⛰️|mountain|montagne
🌍|world earth|monde terre
☀️|sun sunny|soleil
🌤️|partly sunny|éclaircies
🌧️|rain|pluie
❄️|snow cold winter|neige froid hiver
🌈|rainbow|arc-en-ciel
🌱|seedling plant new|pousse plante nouveau
🌸|flower blossom|fleur
🍀|clover luck|trèfle chance
🌳|tree|arbre
🐶|dog|chien
🐱|cat|chat
🦄|unicorn|licorne
🐝|bee busy|abeille
🐢|turtle slow|tortue lent
🐧|penguin|pingouin manchot
signs|Signs|Symboles
✅|done check yes approved|fait coché oui approuvé
☑️|checkbox done|case cochée fait
✔️|check mark|coche
❌|no cross wrong declined|non croix faux refusé
❎|cross button|croix bouton
❓|question|question
❗|exclamation important|exclamation important
⚠️|warning attention|attention avertissement
🚫|forbidden no|interdit non
⛔|no entry stop|sens interdit stop
🛑|stop|stop arrêt
🚨|alarm urgent incident|alarme urgent incident
🆘|help sos|aide sos
🆕|new|nouveau
🔴|red circle|rond rouge
🟠|orange circle|rond orange
🟡|yellow circle|rond jaune
🟢|green circle|rond vert
🔵|blue circle|rond bleu
⚪|white circle|rond blanc
⚫|black circle|rond noir
➕|plus add|plus ajouter
➖|minus remove|moins retirer
➡️|arrow right next|flèche droite suivant
⬅️|arrow left back|flèche gauche retour
⬆️|arrow up|flèche haut
⬇️|arrow down|flèche bas
↩️|return reply|retour répondre
🔄|refresh repeat|actualiser répéter
🔁|repeat loop|répéter boucle
⏸️|pause|pause
▶️|play start|lecture démarrer
⏹️|stop button|arrêter
🔝|top|haut
1️⃣|one first|un premier
2️⃣|two second|deux deuxième
3️⃣|three third|trois troisième
4️⃣|four|quatre
5️⃣|five|cinq
🏁|finish flag end|arrivée drapeau fin
🚩|flag problem|drapeau problème
`

let known: Emoji[] | undefined

/** All of them, in the order in which they are shown. `group` is in the language asked for. */
export function listEmoji(language: Language): Emoji[] {
  known ??= read()
  return known.map((one) => ({ ...one, group: one.group.split('|')[language === 'fr' ? 1 : 0] ?? '' }))
}

function read(): Emoji[] {
  const found: Emoji[] = []
  let group = ''
  for (const line of table.trim().split('\n')) {
    const [sign = '', en = '', fr = ''] = line.split('|')
    if (/^[a-z]/.test(sign)) group = `${en}|${fr}`
    else found.push({ sign, words: { en, fr }, group })
  }
  return found
}

/**
 * What fits a search in either language, whatever the screen speaks: every word typed begins one of its words. Those whose first word
 * begins with it come first.
 */
export function searchEmoji(search: string, language: Language): Emoji[] {
  const all = listEmoji(language)
  const wanted = fold(search)
    .split(/[\s_]+/)
    .filter(Boolean)
  if (wanted.length === 0) return all
  const rank = ({ words }: Emoji): number => {
    const texts = [words[language], words.en, words.fr].map((text) => fold(text).split(/[\s’'-]+/))
    const fits = wanted.every((word) => texts.some((parts) => parts.some((part) => part.startsWith(word))))
    if (!fits) return 2
    return texts.some(([first]) => first?.startsWith(wanted[0] ?? '')) ? 0 : 1
  }
  return all
    .map((one, at) => ({ one, at, rank: rank(one) }))
    .filter((each) => each.rank < 2)
    .sort((one, other) => one.rank - other.rank || one.at - other.at)
    .map((each) => each.one)
}

/** French keyboards write “coeur” for “cœur”. */
const fold = (text: string) => foldText(text).replaceAll('œ', 'oe')

/** What it is called: its first words, for tooltips and readers. */
export function nameOfEmoji({ words }: Emoji, language: Language): string {
  return words[language].split(' ').slice(0, 3).join(' ')
}
