package dev.swarmdex.peer.host.folder;

import java.util.regex.Pattern;

/** The names of files that no host shares, whatever folder they are in. */
public final class UnsharedNames {

    /**
     * A download under way, {@code NAME.part}, and the notes beside it, such as {@code NAME.part.pieces}, also while
     * they are being written.
     */
    private static final Pattern DOWNLOAD_UNDER_WAY = Pattern.compile(".*\\.part(\\.[^.]+(\\.new)?)?", Pattern.DOTALL);

    private UnsharedNames() {}

    /** Whether a file or folder of this name is hidden. */
    public static boolean isHidden(String name) {
        return name.startsWith(".");
    }

    /** Whether a file of this name belongs to a download that is not complete. */
    public static boolean isDownloadUnderWay(String name) {
        return DOWNLOAD_UNDER_WAY.matcher(name).matches();
    }
}
