package dev.swarmdex.peer.host.rate;

import dev.swarmdex.config.DataRate;
import dev.swarmdex.config.Default;

/**
 * What the transfers of a host may take.
 *
 * @param upload what all uploads together may send
 * @param download what all downloads together may receive
 * @param uploadPerPeer what all uploads to one address together may send
 * @param uploadSlots how many requests are answered with data at a time; the others wait for their turn
 */
public record TransferSettings(@Default("unlimited") DataRate upload, @Default("unlimited") DataRate download,
        @Default("unlimited") DataRate uploadPerPeer, @Default("100") int uploadSlots) {

    private static final int MOST_SLOTS = 100_000;

    /** Refuses a number of slots with which nothing would ever be sent. */
    public TransferSettings {
        if (uploadSlots < 1 || uploadSlots > MOST_SLOTS) {
            throw new IllegalArgumentException("upload-slots: 1 to " + MOST_SLOTS + ", not " + uploadSlots);
        }
    }
}
