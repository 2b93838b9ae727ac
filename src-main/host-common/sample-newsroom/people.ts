import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { SamplePerson } from '#shared/contract';

const Listed = z.array(SamplePerson);
const Logins = z.object({ people: z.array(z.object({ login: z.string(), password: z.string() })) });

/**
 * Who can be played, in the order to offer them. The list comes with Stet, the passwords are made with the newsroom,
 * so that they are empty until its server has run once.
 */
export function samplePeople(
  peopleFile: string,
  folder: string,
): (z.infer<typeof SamplePerson> & { password: string })[] {
  const passwords = readPasswords(join(folder, 'sample.json'));
  return Listed.parse(JSON.parse(readFileSync(peopleFile, 'utf8'))).map((person) => ({
    ...person,
    password: passwords.get(person.login) ?? '',
  }));
}

function readPasswords(file: string): Map<string, string> {
  try {
    const { people } = Logins.parse(JSON.parse(readFileSync(file, 'utf8')));
    return new Map(people.map(({ login, password }) => [login, password]));
  } catch {
    return new Map();
  }
}
