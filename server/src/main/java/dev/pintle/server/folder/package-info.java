/// The data folder as the program sees it: one owner at a time, a known format, files that only the owner may read.
@NullMarked
package dev.pintle.server.folder;

import org.jspecify.annotations.NullMarked;
