package dev.swarmdex.store.database;

import dev.swarmdex.store.Change;
import dev.swarmdex.store.StoreException;
import dev.swarmdex.store.state.Planner;
import java.util.concurrent.CompletableFuture;

/** A change that waits for its commit, and the future that gets its result. */
record Submission<R>(Change<R> change, CompletableFuture<R> answer) {

    Submission(Change<R> change) {
        this(change, new CompletableFuture<>());
    }

    /** How much of a batch it takes. */
    int weight() {
        return switch (change) {
            case Change.Register(_, var contents) -> Math.max(1, contents.size());
            case Change.Deregister(_, var names, _) -> Math.max(1, names.size());
            case Change.Track(var changes) -> Math.max(1, changes.size());
            case Change.Join _,Change.Leave _,Change.LeaveIfEmpty _,Change.Keep _,Change.Report _ -> 1;
        };
    }

    /** Plans the change; what it returns gives the answer, once the plan is committed. */
    Runnable plan(Planner planner) {
        R result = planner.plan(change);
        return () -> answer.complete(result);
    }

    void fail(StoreException failure) {
        answer.completeExceptionally(failure);
    }
}
