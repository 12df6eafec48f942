package dev.swarmdex.store;

import java.time.Duration;

/**
 * Hears what a store does, from the thread that does it: it must be short and must not throw. Safe for any number of
 * threads.
 */
public interface StoreObserver {

    /** One that looks away. */
    StoreObserver NONE = new StoreObserver() {

        @Override
        public void committed(int items, Duration took) {
            // nobody asked
        }

        @Override
        public void refused(int items) {
            // nobody asked
        }
    };

    /**
     * A batch of changes has been committed and is as durable as the settings say.
     *
     * @param items how many contents, names and other changes it had, at least 1
     * @param took from its first statement to its last, without the time that it waited
     */
    void committed(int items, Duration took);

    /** A change of that many items was refused, because too many others wait. */
    void refused(int items);
}
