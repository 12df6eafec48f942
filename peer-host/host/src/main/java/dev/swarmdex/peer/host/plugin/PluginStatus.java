package dev.swarmdex.peer.host.plugin;

/**
 * What became of one jar in the plugins folder; a jar that provides several things has one for each. What is not known is
 * an empty text.
 *
 * @param jar the file's name
 * @param plugin the plugin's id
 * @param version the plugin's version
 * @param kind {@code transport}, {@code hasher} or {@code selector}
 * @param provides the scheme, algorithm or strategy
 * @param state {@value #LOADED}, {@value #REFUSED}, {@value #DISABLED}, {@value #SWITCHED_OFF} or {@value #RETIRED}
 * @param error why it is not used, with the cure
 */
public record PluginStatus(String jar, String plugin, String version, String kind, String provides, String state,
        String error) {

    /** Ready for use. */
    public static final String LOADED = "loaded";
    /** Not usable, for the reason that is given. */
    public static final String REFUSED = "refused";
    /** Not used because the config says so. */
    public static final String DISABLED = "disabled";
    /** Not used any more, because it failed at work again and again. */
    public static final String SWITCHED_OFF = "switched off";
    /** Gone from the folder or replaced there, but still finishing what it had begun. */
    public static final String RETIRED = "retired";
}
