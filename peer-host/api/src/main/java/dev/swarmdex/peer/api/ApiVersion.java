package dev.swarmdex.peer.api;

/**
 * The version of this api, which a plugin's {@code Plugin-Requires} is compared with: {@code >=0.1.0 & <0.2.0} for the
 * versions that are compatible with 0.1.0; a plain {@code 0.1.0} for that one and all later ones, compatible or not.
 */
public final class ApiVersion {

    /** The version that this host offers, in the form of Semantic Versioning. */
    public static final String CURRENT = "0.1.0";

    private ApiVersion() {}
}
