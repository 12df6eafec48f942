package dev.swarmdex.store.database;

import dev.swarmdex.store.SwarmChange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** The rows of swarms: written in batches, whatever is in them already, and read in parts. */
final class SwarmRows {

    private final Handle handle;

    SwarmRows(Handle handle) {
        this.handle = handle;
    }

    private record Member(long swarm, String host, int port) {}

    private record Open(long number, boolean complete) {}

    /** Hands over all swarms, and then all that take part in them. */
    void visit(SwarmChange.Visitor visitor) {
        handle.createQuery("select info_hash, completed from swarm order by number")
                .map((row, _) -> Map.entry(row.getString("info_hash"), row.getLong("completed")))
                .forEach(swarm -> visitor.swarm(swarm.getKey(), swarm.getValue()));
        long last = 0;
        for (var part = members(last, visitor); !part.isEmpty(); part = members(last, visitor)) {
            last = part.getLast();
        }
    }

    /** Writes changes of that moment, in order. */
    void write(List<SwarmChange> changes, Instant now) {
        if (changes.isEmpty()) {
            return;
        }
        Map<String, Long> swarms = swarms(changes, now);
        List<SwarmChange> part = new ArrayList<>();
        Set<Member> seen = new HashSet<>();
        for (SwarmChange change : changes) {
            // of one member, what comes later must find what came before
            if (!(change instanceof SwarmChange.Completed) && !seen.add(member(change, swarms))) {
                writePart(part, swarms, now);
                part.clear();
                seen.clear();
                seen.add(member(change, swarms));
            }
            part.add(change);
        }
        writePart(part, swarms, now);
    }

    private void writePart(List<SwarmChange> changes, Map<String, Long> swarms, Instant now) {
        Map<Member, Open> open = open(changes, swarms);
        RowBatch.write(handle, "update swarm_member set until = :now, ended_by = :reason where number = :number",
                rows -> {
                    for (SwarmChange change : changes) {
                        Open row = open.get(member(change, swarms));
                        if (change instanceof SwarmChange.Gone gone && row != null) {
                            rows.bind("now", Times.bind(now)).bind("reason", EffectRows.text(gone.reason()))
                                    .bind("number", row.number).add();
                        }
                    }
                });
        RowBatch.write(handle, "update swarm_member set complete_since = :since where number = :number", rows -> {
            for (SwarmChange change : changes) {
                Open row = open.get(member(change, swarms));
                if (change instanceof SwarmChange.Present present && row != null
                        && row.complete != present.complete()) {
                    rows.bind("since", Times.bindOptional(present.complete() ? now : null)).bind("number", row.number)
                            .add();
                }
            }
        });
        RowBatch.write(handle, """
                insert into swarm_member (swarm, host, port, since, complete_since)
                values (:swarm, :host, :port, :since, :completeSince)""", rows -> {
            for (SwarmChange change : changes) {
                Member member = member(change, swarms);
                if (change instanceof SwarmChange.Present present && !open.containsKey(member)) {
                    rows.bind("swarm", member.swarm).bind("host", member.host).bind("port", member.port)
                            .bind("since", Times.bind(now))
                            .bind("completeSince", Times.bindOptional(present.complete() ? now : null)).add();
                }
            }
        });
        RowBatch.write(handle, "update swarm set completed = completed + :more where number = :number", rows -> {
            for (SwarmChange change : changes) {
                if (change instanceof SwarmChange.Completed completed) {
                    rows.bind("more", completed.more()).bind("number", swarms.get(change.infoHash())).add();
                }
            }
        });
    }

    /** The numbers of the swarms, of which those that are new get rows. */
    private Map<String, Long> swarms(List<SwarmChange> changes, Instant now) {
        Set<String> infoHashes = new LinkedHashSet<>();
        changes.forEach(change -> infoHashes.add(change.infoHash()));
        Map<String, Long> known = numbers(infoHashes);
        if (known.size() < infoHashes.size()) {
            RowBatch.write(handle, """
                    insert into swarm (info_hash, content_id, completed, since)
                    values (:infoHash, :contentId, 0, :since)""",
                    rows -> infoHashes.stream().filter(infoHash -> !known.containsKey(infoHash))
                            .forEach(infoHash -> rows.bind("infoHash", infoHash).bind("contentId", "btih:" + infoHash)
                                    .bind("since", Times.bind(now)).add()));
            return numbers(infoHashes);
        }
        return known;
    }

    private Map<String, Long> numbers(Set<String> infoHashes) {
        Map<String, Long> numbers = new HashMap<>();
        handle.createQuery("""
                select s.info_hash, s.number from unnest(:infoHashes) as w (info_hash)
                join swarm s on s.info_hash = w.info_hash""")
                .bindArray("infoHashes", String.class, infoHashes)
                .map((row, _) -> Map.entry(row.getString("info_hash"), row.getLong("number")))
                .forEach(found -> numbers.put(found.getKey(), found.getValue()));
        return numbers;
    }

    private Map<Member, Open> open(List<SwarmChange> changes, Map<String, Long> swarms) {
        List<Member> members = changes.stream().filter(change -> !(change instanceof SwarmChange.Completed))
                .map(change -> member(change, swarms)).toList();
        Map<Member, Open> open = new HashMap<>();
        if (members.isEmpty()) {
            return open;
        }
        handle.createQuery("""
                select m.swarm, m.host, m.port, m.number, m.complete_since
                from unnest(:swarms, :hosts, :ports) as w (swarm, host, port)
                join swarm_member m on m.swarm = w.swarm and m.host = w.host and m.port = w.port and m.until is null""")
                .bindArray("swarms", Long.class, members.stream().map(Member::swarm).toList())
                .bindArray("hosts", String.class, members.stream().map(Member::host).toList())
                .bindArray("ports", Integer.class, members.stream().map(Member::port).toList())
                .map((row, _) -> Map.entry(
                        new Member(row.getLong("swarm"), row.getString("host"), row.getInt("port")),
                        new Open(row.getLong("number"), row.getObject("complete_since") != null)))
                .forEach(found -> open.put(found.getKey(), found.getValue()));
        return open;
    }

    /** Ordered by the whole index, though {@code until} is null in all of them: or H2 sorts the rest of the table each time. */
    private List<Long> members(long after, SwarmChange.Visitor visitor) {
        return handle.createQuery("""
                select m.number, w.info_hash, m.host, m.port, m.complete_since
                from swarm_member m
                join swarm w on w.number = m.swarm
                where m.until is null and m.number > :after
                order by m.until, m.number
                fetch first 10000 rows only""")
                .bind("after", after)
                .map((row, _) -> {
                    visitor.member(row.getString("info_hash"), row.getString("host"), row.getInt("port"),
                            row.getObject("complete_since") != null);
                    return row.getLong("number");
                })
                .list();
    }

    private static Member member(SwarmChange change, Map<String, Long> swarms) {
        long swarm = swarms.getOrDefault(change.infoHash(), 0L);
        return switch (change) {
            case SwarmChange.Present present -> new Member(swarm, present.host(), present.port());
            case SwarmChange.Gone gone -> new Member(swarm, gone.host(), gone.port());
            case SwarmChange.Completed _ -> new Member(swarm, "", 0);
        };
    }
}
