package dev.swarmdex.peer.host.folder;

import dev.swarmdex.peer.api.ContentId;
import dev.swarmdex.peer.host.tree.HashTree;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;

/**
 * A file of a folder, as the folder's manifest states it. Since manifests come from strangers, the path can't lead out of the
 * folder, nor to a hidden file, which no host shares but which other programs run or obey.
 *
 * @param path relative to the folder, {@code /} between, in Unicode's form NFC: at most {@value #LONGEST_PATH} bytes and
 *        {@value #DEEPEST} names of at most {@value #LONGEST_NAME} bytes, none of them hidden or with a backslash or a control
 *        character
 * @param size in bytes
 * @param modified the time of its last modification, in milliseconds since 1970, to the end of the year 9999
 * @param executable whether its owner may run it
 */
public record FolderFile(String path, ContentId id, long size, long modified, boolean executable) {

    /** The latest time that a manifest can state: the end of the year 9999. */
    public static final long LATEST = 253_402_300_799_999L;
    static final int LONGEST_PATH = 1024;
    static final int LONGEST_NAME = 255;
    static final int DEEPEST = 64;

    /** Refuses what no manifest may state with an IllegalArgumentException. */
    public FolderFile {
        checkPath(path);
        if (size < 0 || size > HashTree.LARGEST_CONTENT) {
            throw new IllegalArgumentException("\"" + path + "\" can't have " + size + " bytes");
        }
        if (modified < 0 || modified > LATEST) {
            throw new IllegalArgumentException("\"" + path + "\" was not modified at " + modified);
        }
    }

    private static void checkPath(String path) {
        String[] names = path.split("/", -1);
        if (bytes(path) > LONGEST_PATH || names.length > DEEPEST) {
            throw new IllegalArgumentException("a path is too long or too deep: \"" + beginning(path) + "\"");
        }
        if (path.chars().anyMatch(each -> Character.isISOControl(each) || each == '\\')) {
            throw new IllegalArgumentException("a path has a backslash or a control character");
        }
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(path)
                || !Normalizer.isNormalized(path, Normalizer.Form.NFC)) {
            throw new IllegalArgumentException("a path is not in Unicode's form NFC: \"" + path + "\"");
        }
        for (String name : names) {
            if (name.isEmpty() || UnsharedNames.isHidden(name) || bytes(name) > LONGEST_NAME) {
                throw new IllegalArgumentException("\"" + path + "\" is not a path inside a folder");
            }
        }
        if (UnsharedNames.isDownloadUnderWay(names[names.length - 1])) {
            throw new IllegalArgumentException("\"" + path + "\" has the name of a download under way");
        }
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static String beginning(String path) {
        return path.substring(0, Math.min(path.length(), 40)) + "…";
    }

    /** The names of the folders that it is in, then its own. */
    public List<String> names() {
        return Arrays.asList(path.split("/"));
    }
}
