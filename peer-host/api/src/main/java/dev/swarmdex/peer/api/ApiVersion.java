package dev.swarmdex.peer.api;

/** The version of this api, which a plugin's {@code Plugin-Requires} is compared with. */
public final class ApiVersion {

    /** The version that this host offers, in the form of Semantic Versioning. */
    public static final String CURRENT = "0.1.0";

    private ApiVersion() {}
}
