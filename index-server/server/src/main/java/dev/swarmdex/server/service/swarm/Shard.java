package dev.swarmdex.server.service.swarm;

import dev.swarmdex.server.address.Addresses;
import dev.swarmdex.store.EndedBy;
import dev.swarmdex.store.SwarmChange;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of the swarms, with a lock of its own: its monitor. A change that the database should know is noted, and
 * never waited for.
 */
final class Shard {

    private final Room room;
    private final Unwritten unwritten = new Unwritten();
    private final SwarmTable table = new SwarmTable();

    Shard(Room room) {
        this.room = room;
    }

    /** Takes note of a member, answers, and hands out others; false if there is no room for it. */
    synchronized boolean announce(Question asked, int hash, int now, int random, Receiver receiver) {
        Swarm swarm = table.find(asked, hash);
        if (asked.stopped) {
            if (swarm != null) {
                leave(swarm, asked, now);
            }
            answer(swarm, asked);
            return true;
        }
        if (swarm == null) {
            if (!room.takeSwarm()) {
                return false;
            }
            swarm = table.add(new Swarm(asked.first, asked.second, asked.third), hash);
        }
        if (!settle(swarm, asked, now)) {
            return false;
        }
        answer(swarm, asked);
        handOut(swarm, asked, now, random, receiver);
        return true;
    }

    /** Answers how many take part. */
    synchronized void count(Question asked, int hash) {
        answer(table.find(asked, hash), asked);
    }

    /** Takes over a swarm from the database. */
    synchronized void restore(Question asked, int hash, int completions) {
        Swarm swarm = table.find(asked, hash);
        if (swarm == null && room.takeSwarm()) {
            table.add(new Swarm(asked.first, asked.second, asked.third), hash).completions = completions;
        }
    }

    /** Takes over a member from the database, of a swarm that was taken over; false if there is no room. */
    synchronized boolean restoreMember(Question asked, int hash, int now) {
        Swarm swarm = table.find(asked, hash);
        if (swarm == null || !room.takeMember(swarm.size())) {
            return false;
        }
        swarm.members(asked.isIpv4(), asked.complete).add(asked.high, asked.low, asked.port,
                State.renewed(State.STORED, now));
        return true;
    }

    /** Adds what waits longest to a list of that many changes or one more. */
    synchronized void takeUnwritten(List<SwarmChange> into, int most) {
        while (into.size() < most && !unwritten.isEmpty()) {
            unwritten.take((swarm, kind, high, low, port) -> write(swarm, kind, high, low, port, into));
        }
    }

    /**
     * Ends the members whose lease is over, in a part of the table.
     *
     * @return where the next part begins, or -1 at the end
     */
    synchronized int sweep(int from, int count, int now) {
        int at = from;
        int end = Math.min(table.slots(), from + count);
        while (at < end) {
            Swarm swarm = table.at(at);
            if (swarm != null) {
                sweep(swarm, true, true, now);
                sweep(swarm, true, false, now);
                sweep(swarm, false, true, now);
                sweep(swarm, false, false, now);
                if (swarm.waiting == 0 && swarm.size() == 0 && (swarm.completions == 0 || room.isTight())) {
                    table.remove(at);
                    room.giveSwarm();
                    continue; // another swarm may have moved here
                }
            }
            at++;
        }
        return end == table.slots() ? -1 : end;
    }

    private boolean settle(Swarm swarm, Question asked, int now) {
        boolean ipv4 = asked.isIpv4();
        Members members = swarm.members(ipv4, asked.complete);
        int slot = members.find(asked.high, asked.low, asked.port);
        if (slot != Members.NONE) {
            int state = State.renewed(members.state(slot), now);
            if ((state & State.LEFT_OUT) != 0) {
                state = noted(swarm, asked, state);
            }
            members.state(slot, state);
            return true;
        }
        int state = 0;
        Members others = swarm.present(ipv4, !asked.complete);
        int was = others == null ? Members.NONE : others.find(asked.high, asked.low, asked.port);
        if (others != null && was != Members.NONE) {
            state = others.state(was);
            others.remove(was);
            others.trim();
        } else if (!room.takeMember(swarm.size())) {
            return false;
        }
        if (asked.complete && asked.completed) {
            swarm.completions++;
            swarm.unwrittenCompletions++;
        }
        members.add(asked.high, asked.low, asked.port, noted(swarm, asked, State.renewed(state, now)));
        return true;
    }

    /** The state of a member of which something is to be written; what can't be is tried again when it announces itself. */
    private int noted(Swarm swarm, Question asked, int state) {
        if ((state & State.UNWRITTEN) != 0) {
            return state;
        }
        if (note(swarm, Unwritten.Kind.PRESENT, asked.high, asked.low, asked.port)) {
            return (state | State.UNWRITTEN) & ~State.LEFT_OUT;
        }
        room.leaveUnwritten();
        return state | State.LEFT_OUT;
    }

    private void leave(Swarm swarm, Question asked, int now) {
        boolean ipv4 = asked.isIpv4();
        for (int i = 0; i < 2; i++) {
            Members members = swarm.present(ipv4, i == 0);
            int slot = members == null ? Members.NONE : members.find(asked.high, asked.low, asked.port);
            if (members != null && slot != Members.NONE) {
                end(swarm, members, slot, Unwritten.Kind.LEFT, now);
                members.trim();
            }
        }
    }

    private void sweep(Swarm swarm, boolean ipv4, boolean complete, int now) {
        Members members = swarm.present(ipv4, complete);
        if (members == null) {
            return;
        }
        int slot = 0;
        while (slot < members.capacity()) {
            boolean over = !members.isFree(slot) && State.isOver(members.state(slot), now);
            if (!over || !end(swarm, members, slot, Unwritten.Kind.EXPIRED, now)) {
                slot++; // otherwise another member may have moved here
            }
        }
        members.trim();
    }

    /** Removes a member, unless the database must hear of that and can't yet: then it is over, and goes later. */
    private boolean end(Swarm swarm, Members members, int slot, Unwritten.Kind kind, int now) {
        int state = members.state(slot);
        if ((state & State.STORED) != 0
                && !note(swarm, kind, members.high(slot), members.low(slot), members.port(slot))) {
            members.state(slot, State.over(state, now));
            return false;
        }
        members.remove(slot);
        room.giveMember();
        return true;
    }

    /** Notes a change, if not too many wait; an ending may take the place of the newcomer that waits longest. */
    private boolean note(Swarm swarm, Unwritten.Kind kind, long high, long low, int port) {
        if (unwritten.isFull()) {
            if (kind == Unwritten.Kind.PRESENT || unwritten.oldest() != Unwritten.Kind.PRESENT) {
                return false;
            }
            unwritten.take(this::drop);
        }
        unwritten.add(swarm, kind, high, low, port);
        return true;
    }

    private void drop(Swarm swarm, Unwritten.Kind kind, long high, long low, int port) {
        Members members = holding(swarm, high, low, port);
        if (members != null) {
            int slot = members.find(high, low, port);
            members.state(slot, (members.state(slot) & ~State.UNWRITTEN) | State.LEFT_OUT);
            room.leaveUnwritten();
        }
    }

    private void write(Swarm swarm, Unwritten.Kind kind, long high, long low, int port, List<SwarmChange> into) {
        String infoHash = swarm.infoHash();
        String host = Addresses.text(high, low);
        if (kind != Unwritten.Kind.PRESENT) {
            into.add(new SwarmChange.Gone(infoHash, host, port,
                    kind == Unwritten.Kind.LEFT ? EndedBy.DEREGISTERED : EndedBy.EXPIRED));
        }
        boolean ipv4 = Addresses.isIpv4(high, low);
        Members members = holding(swarm, high, low, port);
        if (members != null) {
            int slot = members.find(high, low, port);
            int state = members.state(slot);
            // one that is back, and was written before its good-bye, is written once more
            if ((state & State.UNWRITTEN) != 0 || (kind != Unwritten.Kind.PRESENT && (state & State.STORED) != 0)) {
                into.add(new SwarmChange.Present(infoHash, host, port, members == swarm.present(ipv4, true)));
                members.state(slot, (state | State.STORED) & ~(State.UNWRITTEN | State.LEFT_OUT));
            }
        }
        if (swarm.unwrittenCompletions > 0) {
            into.add(new SwarmChange.Completed(infoHash, swarm.unwrittenCompletions));
            swarm.unwrittenCompletions = 0;
        }
    }

    private static @Nullable Members holding(Swarm swarm, long high, long low, int port) {
        boolean ipv4 = Addresses.isIpv4(high, low);
        for (int i = 0; i < 2; i++) {
            Members members = swarm.present(ipv4, i == 0);
            if (members != null && members.find(high, low, port) != Members.NONE) {
                return members;
            }
        }
        return null;
    }

    private static void answer(@Nullable Swarm swarm, Question asked) {
        asked.seeders = swarm == null ? 0 : swarm.seeders();
        asked.leechers = swarm == null ? 0 : swarm.leechers();
        asked.completions = swarm == null ? 0 : swarm.completions;
    }

    /** Complete ones first; and none of them to whoever is complete. */
    private static void handOut(Swarm swarm, Question asked, int now, int random, Receiver receiver) {
        boolean ipv4 = asked.isIpv4();
        int left = asked.wanted;
        Members complete = swarm.present(ipv4, true);
        if (complete != null && !asked.complete) {
            left -= complete.handOut(left, random, now, asked, receiver);
        }
        Members partial = swarm.present(ipv4, false);
        if (partial != null) {
            partial.handOut(left, random, now, asked, receiver);
        }
    }
}
