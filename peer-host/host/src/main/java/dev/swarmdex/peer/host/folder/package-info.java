/** Folders as one content: the manifest that lists their files, and what paths it may have. */
@NullMarked
package dev.swarmdex.peer.host.folder;

import org.jspecify.annotations.NullMarked;
