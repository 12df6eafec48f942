package dev.swarmdex.store.database;

import dev.swarmdex.store.Lookups;
import dev.swarmdex.store.state.Effect;
import dev.swarmdex.store.state.Effect.SwarmsChanged;
import dev.swarmdex.store.state.Numbers;
import dev.swarmdex.store.state.ReadModel;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/** A server that has its database to itself: nobody else can change anything, so all that it needs to know is in memory. */
final class OneServer implements Servers {

    private static final Duration FOREVER = Duration.ofDays(1);

    private final ReadModel model;
    private final Function<Handle, Lookups> meanwhile;
    /** The last moment in the history of what the model shows. */
    private Instant shown = Instant.EPOCH;
    private Turn next = new Turn(new Numbers(0, 0, 0, 0, 0), Instant.EPOCH);

    OneServer(ReadModel model, Function<Handle, Lookups> meanwhile) {
        this.meanwhile = meanwhile;
        this.model = model;
    }

    @Override
    public void prepare(Handle handle) {
        model.beginLoading(meanwhile.apply(handle));
    }

    @Override
    public void load(Handle handle) {
        var rows = new OpenRows(handle);
        model.load(rows::load);
        shown = rows.latest();
        next = new Turn(rows.numbers(), Collections.max(List.of(shown, rows.latestOfSwarms())));
    }

    /** Nothing else than the batch whose fate was unknown can have come to the database; mostly it has not. */
    @Override
    public void resume(Handle handle) {
        if (!model.isWhole() || !new OpenRows(handle).latest().equals(shown)) {
            prepare(handle);
            load(handle);
        }
    }

    @Override
    public Turn begin(Handle handle) {
        return next;
    }

    @Override
    public void end(Handle handle, List<Effect> effects, Turn turn, Instant moment) {
        // the rows are all there is
    }

    @Override
    public void committed(List<Effect> effects, Turn turn, Instant moment) {
        next = new Turn(turn.numbers(), moment);
        if (!effects.stream().allMatch(SwarmsChanged.class::isInstance)) {
            shown = moment;
        }
    }

    @Override
    public void between(Handle handle) {
        // there is nobody to look at
    }

    @Override
    public Duration patience() {
        return FOREVER;
    }

    @Override
    public void forgot(Handle handle, Instant moment) {
        // nobody reads here what ended
    }

    @Override
    public void leave(Handle handle) {
        // there is nobody to take leave of
    }

    @Override
    public boolean keeps(long session) {
        return true;
    }
}
