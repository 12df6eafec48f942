package dev.swarmdex.plugin.tcp;

import dev.swarmdex.peer.api.ContentId;
import dev.swarmdex.peer.api.WholeContent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** Small contents that are read as a whole: as many requests as they need, all of them on their way at once. For one thread. */
final class WholeContents {

    private final List<WholeContent> wanted;
    private final ByteBuffer target;
    private final BitSet came;
    /** The place in the list, and in the target, of the content whose reply is next. */
    private int next;
    private int position;

    WholeContents(List<WholeContent> wanted, ByteBuffer target) {
        this.wanted = wanted;
        this.target = target;
        this.came = new BitSet(wanted.size());
        this.position = target.position();
    }

    /** Reads them, and tells the places of those that came. */
    BitSet read(Pipeline pipeline) throws IOException {
        Deque<Request> unsent = requests();
        Deque<Pipeline.Turn> turns = new ArrayDeque<>();
        try {
            while (!unsent.isEmpty() || !turns.isEmpty()) {
                if (turns.isEmpty()) {
                    turns.add(pipeline.send(unsent.remove()));
                }
                sendMore(pipeline, unsent, turns);
                pipeline.receiveAll(turns.remove(), this::take);
            }
            return came;
        } finally {
            turns.forEach(pipeline::abandon);
        }
    }

    private static void sendMore(Pipeline pipeline, Deque<Request> unsent, Deque<Pipeline.Turn> turns)
            throws IOException {
        boolean room = true;
        while (room && !unsent.isEmpty()) {
            Optional<Pipeline.Turn> turn = pipeline.trySend(unsent.getFirst());
            turn.ifPresent(sent -> {
                unsent.remove();
                turns.add(sent);
            });
            room = turn.isPresent();
        }
    }

    private Deque<Request> requests() {
        Deque<Request> requests = new ArrayDeque<>();
        List<ContentId> together = new ArrayList<>();
        for (WholeContent content : wanted) {
            if (!together.isEmpty() && (!Request.Whole.fit(together.getFirst(), content.id())
                    || together.size() == Request.Whole.most(content.id()))) {
                requests.add(new Request.Whole(together));
                together.clear();
            }
            together.add(content.id());
        }
        if (!together.isEmpty()) {
            requests.add(new Request.Whole(together));
        }
        return requests;
    }

    /** What is of another size than was expected is left to be skipped. */
    private Reply.Status take(Reply.Status status, Receiver reply) throws IOException {
        int size = wanted.get(next).size();
        if (status == Reply.Status.OK && reply.owed() == size) {
            reply.body(target.slice(position, size));
            came.set(next);
        }
        next++;
        position += size;
        return status;
    }
}
