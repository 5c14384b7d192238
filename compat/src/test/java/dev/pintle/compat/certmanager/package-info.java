/// cert-manager as its users have it: the project's own programs, installed by its own chart.
///
/// `./pintle peers helm cert-manager-cainjector cert-manager-controller cert-manager-webhook` builds what judges here.
@NullMarked
package dev.pintle.compat.certmanager;

import org.jspecify.annotations.NullMarked;
