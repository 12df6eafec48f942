package dev.swarmdex.peer.host.retrieval;

/**
 * What became of one file of a folder.
 *
 * @param file its path in the folder
 * @param result {@code present} when it was there already, {@code copied} from another file of this host, {@code fetched},
 *        or {@code failed}
 * @param problem why it failed, else empty
 */
public record FileResult(String file, String result, String problem) {

    static FileResult of(String file, Outcome outcome) {
        return new FileResult(file, outcome.word(), "");
    }

    /** What can become of a file that is right in the end. */
    enum Outcome {

        /** It was there already, and is verified. */
        PRESENT("present"),
        /** It was copied from another file of this host, and verified. */
        COPIED("copied"),
        /** It was downloaded and verified. */
        FETCHED("fetched");

        private final String word;

        Outcome(String word) {
            this.word = word;
        }

        private String word() {
            return word;
        }
    }

    static FileResult failed(String file, Exception problem) {
        return new FileResult(file, "failed", String.valueOf(problem.getMessage()));
    }
}
