package dev.swarmdex.peer.host.operation;

import dev.swarmdex.config.DataRate;
import dev.swarmdex.peer.host.rate.TransferSettings;
import java.io.IOException;
import java.util.List;

/**
 * All about a host at one moment.
 *
 * @param index how it stands with the index
 * @param hosts those of the hosts file
 * @param downloads of files and of folders, as they are told while they go on
 */
public record HostStatus(String peer, String index, List<Host> hosts, List<OwnContent> shares, Hashing hashing,
        List<Record> downloads, List<Upload> uploads, Limits limits) {

    /** A host of the hosts file. */
    public record Host(String endpoint, boolean present) {}

    /** How far the hashing of new files is. */
    public record Hashing(int files, long done, long total) {}

    /**
     * What was sent of one content since the host started.
     *
     * @param active how many requests for it are being answered right now
     * @param rate bytes sent in a second, of late
     * @param to the addresses that it is being sent to right now, as far as the transport's channel has them
     */
    public record Upload(String name, String id, long bytes, int active, long rate, List<String> to) {}

    /**
     * What transfers may take, as it is written in a config; as a change, what is empty stays as it is.
     *
     * @param uploadSlots a number
     */
    public record Limits(String upload, String download, String uploadPerPeer, String uploadSlots) {

        /** The limits as they are set. */
        public static Limits of(TransferSettings settings) {
            return new Limits(settings.upload().toString(), settings.download().toString(),
                    settings.uploadPerPeer().toString(), Integer.toString(settings.uploadSlots()));
        }

        /**
         * The settings with these changes.
         *
         * @throws IOException when one can't be read, with a message for the user
         */
        public TransferSettings onTopOf(TransferSettings settings) throws IOException {
            try {
                return new TransferSettings(rate("upload", upload, settings.upload()),
                        rate("download", download, settings.download()),
                        rate("upload-per-peer", uploadPerPeer, settings.uploadPerPeer()),
                        uploadSlots.isEmpty() ? settings.uploadSlots() : Integer.parseInt(uploadSlots));
            } catch (NumberFormatException wrong) {
                throw new IOException("upload-slots: not a whole number: " + uploadSlots, wrong);
            } catch (IllegalArgumentException wrong) {
                throw new IOException(wrong.getMessage(), wrong);
            }
        }

        private static DataRate rate(String key, String text, DataRate otherwise) {
            try {
                return text.isEmpty() ? otherwise : DataRate.parse(text);
            } catch (IllegalArgumentException wrong) {
                throw new IllegalArgumentException("%s: \"%s\" is not a rate such as \"20MB/s\", \"100Mbit/s\" or"
                        .formatted(key, text) + " \"unlimited\": " + wrong.getMessage(), wrong);
            }
        }
    }
}
