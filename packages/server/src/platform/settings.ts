import type { Db } from './database.ts'

/** What the house remembers of itself, by name. */
export async function settingOf(db: Db, name: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('platform.setting')
    .select('value')
    .where('name', '=', name)
    .executeTakeFirst()
  return row?.value
}

/** Keeps the first value; a later one changes nothing. */
export async function rememberSetting(db: Db, name: string, value: string): Promise<void> {
  await db
    .insertInto('platform.setting')
    .values({ name, value })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}
