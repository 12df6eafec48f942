package dev.swarmdex.peer.host.plugin;

/** Counts what is under way in a plugin, so that it is not unloaded under it. Safe for many threads. */
final class Uses {

    private int count;
    private boolean over;

    /** Begins a use; false when the plugin is unloaded already. */
    synchronized boolean begin() {
        if (!over) {
            count++;
        }
        return !over;
    }

    synchronized void end() {
        count--;
    }

    /** Allows no more uses if there are none; whether that is so. */
    synchronized boolean endAll() {
        over |= count == 0;
        return over;
    }
}
