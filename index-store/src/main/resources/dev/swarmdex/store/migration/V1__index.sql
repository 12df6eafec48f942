-- The index and its history. The same SQL for H2 (from 2.3) and PostgreSQL (from 15).
--
-- Numbers are given out by the index's one writer, in the order of the commits: a batch knows its numbers before it
-- reaches the database, and nothing has to be read back.
-- Indexes of a foreign key's column come before it, or H2 adds its own.

create table content (
    number     bigint        not null primary key,
    name       varchar(1024) not null,
    content_id varchar(160),
    size       bigint        not null,
    constraint content_distinct unique nulls not distinct (name, content_id, size)
);
create index content_by_id on content (content_id);

create table peer (
    number bigint       not null primary key,
    via    varchar(32)  not null,
    name   varchar(255) not null,
    constraint peer_distinct unique (via, name)
);

create table session (
    number      bigint                      not null primary key,
    peer        bigint                      not null,
    session_key varchar(255)                not null,
    host        varchar(255)                not null,
    since       timestamp(6) with time zone not null,
    until       timestamp(6) with time zone,
    ended_by    varchar(16),
    constraint session_end check ((until is null) = (ended_by is null)),
    constraint session_time check (until >= since)
);
create index session_by_peer on session (peer);
create index session_by_end on session (until);
alter table session add constraint session_of_peer foreign key (peer) references peer (number);

-- Apart from the session, so that no view or grant shows it by accident.
create table session_identity (
    session bigint      not null primary key,
    digest  varchar(64) not null,
    constraint identity_of_session foreign key (session) references session (number)
);

create table endpoint (
    session  bigint       not null,
    position integer      not null,
    scheme   varchar(32)  not null,
    host     varchar(255) not null,
    port     integer      not null,
    primary key (session, position),
    constraint endpoint_of_session foreign key (session) references session (number)
);

-- State and history in one: a mapping is open until it has an end, and nothing is deleted.
-- No foreign keys on the one big table: H2 would keep two more indexes for them.
create table mapping (
    number   bigint                      not null primary key,
    content  bigint                      not null,
    session  bigint                      not null,
    since    timestamp(6) with time zone not null,
    until    timestamp(6) with time zone,
    ended_by varchar(16),
    constraint mapping_end check ((until is null) = (ended_by is null)),
    constraint mapping_time check (until >= since)
);
create index mapping_by_content on mapping (content, since);
create index mapping_by_session on mapping (session, until);
create index mapping_by_end on mapping (until, number);

create table download (
    number      bigint                      not null primary key,
    content     bigint                      not null,
    peer        varchar(255)                not null,
    source      varchar(255),
    bytes       bigint                      not null,
    seconds     numeric(12, 3)              not null,
    finished_at timestamp(6) with time zone not null,
    result      varchar(16)                 not null
);
create index download_by_content on download (content);
create index download_by_time on download (finished_at);
alter table download add constraint download_of_content foreign key (content) references content (number);

-- What people and scripts query. One row for each endpoint of the peer's session.
create view mapping_history as
select c.name as content, c.content_id, c.size, p.name as peer, e.scheme, e.host, e.port, m.since, p.via, m.until, m.ended_by
from mapping m
join content c on c.number = m.content
join session s on s.number = m.session
join peer p on p.number = s.peer
left join endpoint e on e.session = s.number;

create view current_mappings as
select c.name as content, c.content_id, c.size, p.name as peer, e.scheme, e.host, e.port, m.since, p.via
from mapping m
join content c on c.number = m.content
join session s on s.number = m.session
join peer p on p.number = s.peer
left join endpoint e on e.session = s.number
where m.until is null;

-- peers: how many offer it now. last_seen: now, while any does.
create view content_summary as
select c.name as content, c.content_id, c.size,
       count(distinct case when m.until is null then s.peer end) as peers,
       min(m.since) as first_seen,
       max(coalesce(m.until, current_timestamp)) as last_seen
from content c
join mapping m on m.content = c.number
join session s on s.number = m.session
group by c.number, c.name, c.content_id, c.size;

-- mappings: how many were opened in the session.
create view peer_sessions as
select p.name as peer, s.host, s.since, s.until, s.ended_by,
       (select count(*) from mapping m where m.session = s.number) as mappings
from session s
join peer p on p.number = s.peer;

create view download_history as
select c.name as content, c.content_id, d.peer, d.source, d.bytes, d.seconds, d.finished_at, d.result
from download d
join content c on c.number = d.content;
