/** Full-text search over public editions: what a hit shows, and the index that finds it. Both are made again from editions when lost. */
import { migration } from './ddl.ts'

const ddl = `
create table search_doc (id INT primary key, release_id text not null unique references release(id), published_at text not null, card text not null, parts text not null);
create index search_doc_published on search_doc(published_at, id);
create index edition_hash on edition(revision_hash);
`

export const search = migration('0009-search', ddl, [], {
  // Every word and list key is one token already, so the tokeniser only parts them, and no place of a word is kept. secure-delete takes a deleted word out of
  // the index at once instead of marking it; without it a purge would leave words in the segments.
  sqlite: `
create virtual table search_index using fts5(words, detail = none, columnsize = 0, tokenize = "ascii tokenchars '=/-_.'");
insert into search_index(search_index, rank) values ('secure-delete', 1);`,
  postgres: `
create table search_index (id bigint primary key, words tsvector not null);
create index search_index_words on search_index using gin (words);`,
})
