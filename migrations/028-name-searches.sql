-- Searches by any part of a name. src/domain/search-text.ts folds a name; here a row is kept for each place at which a
-- part of it can begin, so that a search reads one range of an index, also for one character and a million names.
-- An index of trigrams would need three characters: most family names have two.

create table contact_name_parts (
  is_removed boolean not null,
  part       text collate "C" not null,
  contact_id uuid not null,
  constraint contact_name_parts_pk primary key (is_removed, part, contact_id)
);

create table customer_name_parts (
  part        text collate "C" not null,
  customer_id text collate "C" not null,
  constraint customer_name_parts_pk primary key (part, customer_id)
);

-- The eight characters from each place on, where they occur for the first time. A search for more compares the whole
-- text too.
create function name_parts(search_text text) returns setof text language sql immutable parallel safe as $$
  select part from (
    select place, substr(search_text, place, 8) collate "C" as part
    from generate_series(1, char_length(search_text)) place) places
  where strpos(search_text, part) = place
$$;

alter table contacts add column search_text text collate "C" not null default '';
alter table customers add column search_text text collate "C" not null default '';

-- The parts follow from the text, whichever statement writes it.
create function index_contact_names() returns trigger language plpgsql as $$
begin
  insert into contact_name_parts (is_removed, part, contact_id)
  select removed_at is not null, part, contact_id from written, name_parts(search_text) part;
  return null;
end $$;
create trigger contacts_name_parts_added after insert on contacts
  referencing new table as written for each statement execute function index_contact_names();

create function index_contact_name_again() returns trigger language plpgsql as $$
begin
  delete from contact_name_parts
  where is_removed = (old.removed_at is not null) and contact_id = old.contact_id
    and part = any(array(select name_parts(old.search_text)));
  if tg_op = 'UPDATE' then
    insert into contact_name_parts (is_removed, part, contact_id)
    select new.removed_at is not null, part, new.contact_id from name_parts(new.search_text) part;
  end if;
  return null;
end $$;
create trigger contacts_name_parts_changed after update of search_text, removed_at on contacts
  for each row when (old.search_text <> new.search_text or (old.removed_at is null) <> (new.removed_at is null))
  execute function index_contact_name_again();
create trigger contacts_name_parts_deleted after delete on contacts
  for each row execute function index_contact_name_again();

create function index_customer_name() returns trigger language plpgsql as $$
begin
  if tg_op <> 'INSERT' then
    delete from customer_name_parts
    where customer_id = old.customer_id and part = any(array(select name_parts(old.search_text)));
  end if;
  if tg_op <> 'DELETE' then
    insert into customer_name_parts (part, customer_id)
    select part, new.customer_id from name_parts(new.search_text) part;
  end if;
  return null;
end $$;
create trigger customers_name_parts_added after insert on customers
  for each row execute function index_customer_name();
create trigger customers_name_parts_changed after update of search_text on customers
  for each row when (old.search_text <> new.search_text) execute function index_customer_name();
create trigger customers_name_parts_deleted after delete on customers
  for each row execute function index_customer_name();

-- What is registered already, nearly as the service folds it: without accents of Latin letters.
create function pg_temp.folded(name text) returns text language sql immutable as $$
  select translate(translate(regexp_replace(lower(normalize(name, NFKC)), '[[:space:][:punct:]・]', '', 'g'),
    'ァアィイゥウェエォオカガキギクグケゲコゴサザシジスズセゼソゾタダチヂッツヅテデトドナニヌネノハバパヒビピフブプヘベペホボポマミムメモャヤュユョヨラリルレロヮワヰヱヲンヴヵヶ',
    'ぁあぃいぅうぇえぉおかがきぎくぐけげこごさざしじすずせぜそぞただちぢっつづてでとどなにぬねのはばぱひびぴふぶぷへべぺほぼぽまみむめもゃやゅゆょよらりるれろゎわゐゑをんゔゕゖ'),
    '佛來兒兩冨凜劍勳區參單嚴國圓團埜堯增壯壷壽奧學實寬將專對尙峯峽嵜嶋嶌巖廣彌德恆惠應懷戰戶拔擴敎旣晉曉曻曾栁桒桺條榮槇樂樣橫檜檢櫻步歸每氣淸淺渊渕滿澤濟濱濵瀧灣煕燈爲獨瑤' ||
    '璢甁畫當發盡眞祿禮稻穗竝籔籠粹緖緣縣縱總繪繼續羣聲與舊舘舩莊萬薰藏藝藪蘆處號蟲裝覺觀諫譽讓豐豫賴輕轉辨遙遲邉邊郞鄕醫釋鐵閒關隱雜靈靜頚頴體髙鬪鷗麥黃黑點齊齋齒龍𠮷﨑',
    '仏来児両富凛剣勲区参単厳国円団野尭増壮壺寿奥学実寛将専対尚峰峡崎島島巌広弥徳恒恵応懐戦戸抜拡教既晋暁昇曽柳桑柳条栄槙楽様横桧検桜歩帰毎気清浅淵淵満沢済浜浜滝湾熙灯為独瑶' ||
    '瑠瓶画当発尽真禄礼稲穂並薮篭粋緒縁県縦総絵継続群声与旧館船荘万薫蔵芸薮芦処号虫装覚観諌誉譲豊予頼軽転弁遥遅辺辺郎郷医釈鉄間関隠雑霊静頸穎体高闘鴎麦黄黒点斉斎歯竜吉崎')
$$;
update contacts set search_text = pg_temp.folded(family_name || coalesce(given_name, ''));
update customers set search_text = pg_temp.folded(name);

-- Searches by address and by domain, in the order of registration.
create index contacts_by_address on contacts (email_key, contact_id);
create index contacts_by_domain on contacts (split_part(email_key, '@', 2), contact_id);
