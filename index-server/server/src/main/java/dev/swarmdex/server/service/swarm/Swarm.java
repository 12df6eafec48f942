package dev.swarmdex.server.service.swarm;

import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Those who take part in one torrent: complete and partial ones apart, and IPv4 and IPv6 apart. Guarded by its shard. */
final class Swarm {

    final long first;
    final long second;
    final int third;
    /** How often a member became complete. */
    int completions;
    /** How many of those are yet to be written. */
    int unwrittenCompletions;
    /** How many changes of this swarm wait to be written. */
    int waiting;
    private @Nullable Members complete4;
    private @Nullable Members partial4;
    private @Nullable Members complete6;
    private @Nullable Members partial6;

    Swarm(long first, long second, int third) {
        this.first = first;
        this.second = second;
        this.third = third;
    }

    boolean is(long word1, long word2, int word3) {
        return first == word1 && second == word2 && third == word3;
    }

    /** The members of one kind, if there were any yet. */
    @Nullable
    Members present(boolean ipv4, boolean complete) {
        if (ipv4) {
            return complete ? complete4 : partial4;
        }
        return complete ? complete6 : partial6;
    }

    /** The members of one kind. */
    Members members(boolean ipv4, boolean complete) {
        Members present = present(ipv4, complete);
        if (present != null) {
            return present;
        }
        Members added = new Members(ipv4);
        if (ipv4 && complete) {
            complete4 = added;
        } else if (ipv4) {
            partial4 = added;
        } else if (complete) {
            complete6 = added;
        } else {
            partial6 = added;
        }
        return added;
    }

    int seeders() {
        return size(complete4) + size(complete6);
    }

    int leechers() {
        return size(partial4) + size(partial6);
    }

    int size() {
        return seeders() + leechers();
    }

    /** The info-hash in hexadecimal digits. */
    String infoHash() {
        HexFormat hex = HexFormat.of();
        return hex.toHexDigits(first) + hex.toHexDigits(second) + hex.toHexDigits(third);
    }

    private static int size(@Nullable Members members) {
        return members == null ? 0 : members.size();
    }
}
