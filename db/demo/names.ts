/** Who lives where: French first and last names, and the towns around each store with their postcodes. */
import type { Town } from '#db/demo/stores.ts';

export const MOTHERS = [
  'Camille', 'Julie', 'Marion', 'Élodie', 'Pauline', 'Sophie', 'Claire', 'Céline', 'Aurélie', 'Émilie', 'Laure', 'Mathilde', 'Anne', 'Charlotte', 'Lucie', 'Marine', 'Caroline', 'Sarah',
  'Hélène', 'Amandine', 'Virginie', 'Fanny', 'Noémie', 'Audrey', 'Delphine', 'Justine', 'Margaux', 'Nadia', 'Leïla', 'Fatou', 'Inès', 'Perrine', 'Solenn', 'Clémence', 'Agathe',
] as const;
export const FATHERS = [
  'Thomas', 'Nicolas', 'Julien', 'Guillaume', 'Antoine', 'Mathieu', 'Pierre', 'Alexandre', 'Benoît', 'Romain', 'Vincent', 'Maxime', 'Simon', 'Adrien', 'Karim', 'Mehdi', 'Florian', 'Yann',
  'Rémi', 'Olivier', 'Baptiste', 'Damien', 'Cédric', 'Loïc', 'Étienne',
] as const;
export const GRANDMOTHERS = ['Monique', 'Martine', 'Françoise', 'Catherine', 'Brigitte', 'Chantal', 'Sylvie', 'Nicole', 'Annick', 'Danielle', 'Christiane', 'Geneviève'] as const;
export const CHILDREN = [
  'Louise', 'Gabriel', 'Alba', 'Léo', 'Jade', 'Raphaël', 'Emma', 'Louis', 'Ambre', 'Arthur', 'Alma', 'Jules', 'Rose', 'Maël', 'Romy', 'Noah', 'Anna', 'Adam', 'Iris', 'Sacha', 'Lina', 'Marius',
  'Zélie', 'Isaac', 'Mila', 'Gaspard', 'Agathe', 'Nino', 'Olivia', 'Aaron', 'Suzanne', 'Côme', 'Margot', 'Milo', 'Inaya', 'Robin', 'Apolline', 'Ibrahim', 'Victoire', 'Octave',
] as const;
export const LAST_NAMES = [
  'Martin', 'Bernard', 'Dubois', 'Thomas', 'Robert', 'Richard', 'Petit', 'Durand', 'Leroy', 'Moreau', 'Simon', 'Laurent', 'Lefebvre', 'Michel', 'Garcia', 'David', 'Bertrand', 'Roux', 'Vincent',
  'Fournier', 'Morel', 'Girard', 'André', 'Lefèvre', 'Mercier', 'Dupont', 'Lambert', 'Bonnet', 'François', 'Martinez', 'Legrand', 'Garnier', 'Faure', 'Rousseau', 'Blanc', 'Guérin', 'Muller',
  'Henry', 'Roussel', 'Nicolas', 'Perrin', 'Morin', 'Mathieu', 'Clément', 'Gauthier', 'Dumont', 'Lopez', 'Fontaine', 'Chevalier', 'Robin', 'Masson', 'Sanchez', 'Gérard', 'Nguyen', 'Boyer',
  'Denis', 'Lemaire', 'Duval', 'Joly', 'Gautier', 'Roger', 'Roche', 'Roy', 'Noël', 'Meyer', 'Lucas', 'Meunier', 'Jean', 'Perez', 'Marchand', 'Dufour', 'Blanchard', 'Marie', 'Barbier', 'Brun',
  'Dumas', 'Brunet', 'Schmitt', 'Leroux', 'Colin', 'Fernandez', 'Pierre', 'Renard', 'Arnaud', 'Rolland', 'Caron', 'Aubert', 'Giraud', 'Leclerc', 'Vidal', 'Bourgeois', 'Renaud', 'Lemoine',
  'Picard', 'Gaillard', 'Philippe', 'Leclercq', 'Lacroix', 'Fabre', 'Dupuis', 'Olivier', 'Rodriguez', 'Da Silva', 'Hubert', 'Louis', 'Charles', 'Guillot', 'Rivière', 'Le Gall', 'Guillaume',
  'Adam', 'Rey', 'Moulin', 'Gonzalez', 'Berger', 'Lecomte', 'Menard', 'Fleury', 'Deschamps', 'Carpentier', 'Benali', 'Diallo', 'Traoré', 'Kaya',
] as const;

/** City, postcode and how many of the store's customers live there. */
export const PLACES: Record<Town, readonly (readonly [readonly [string, string], number])[]> = {
  lyon: [
    [['Lyon', '69001'], 8], [['Lyon', '69002'], 7], [['Lyon', '69003'], 12], [['Lyon', '69004'], 16], [['Lyon', '69006'], 8], [['Lyon', '69007'], 10], [['Lyon', '69008'], 6],
    [['Villeurbanne', '69100'], 12], [['Caluire-et-Cuire', '69300'], 9], [['Bron', '69500'], 4], [['Écully', '69130'], 3], [['Tassin-la-Demi-Lune', '69160'], 3], [['Oullins-Pierre-Bénite', '69600'], 2],
  ],
  nantes: [[['Nantes', '44000'], 28], [['Nantes', '44100'], 15], [['Nantes', '44200'], 9], [['Nantes', '44300'], 14], [['Rezé', '44400'], 10], [['Saint-Herblain', '44800'], 9], [['Orvault', '44700'], 8], [['Vertou', '44120'], 7]],
  montpellier: [
    [['Montpellier', '34000'], 30], [['Montpellier', '34070'], 12], [['Montpellier', '34080'], 12], [['Montpellier', '34090'], 16], [['Castelnau-le-Lez', '34170'], 10], [['Lattes', '34970'], 8],
    [['Saint-Jean-de-Védas', '34430'], 6], [['Pérols', '34470'], 6],
  ],
  strasbourg: [[['Strasbourg', '67000'], 40], [['Strasbourg', '67100'], 15], [['Strasbourg', '67200'], 12], [['Schiltigheim', '67300'], 12], [['Illkirch-Graffenstaden', '67400'], 10], [['Colmar', '68000'], 11]],
};

/** A name as it is written in an address: without accents, spaces or apostrophes. */
export const plain = (name: string): string => name.normalize('NFD').replace(/\p{Mn}/gu, '').toLowerCase().replace(/[^a-z]/g, '');
