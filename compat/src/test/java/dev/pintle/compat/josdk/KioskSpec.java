package dev.pintle.compat.josdk;

/// The wishes of who opens a kiosk.
///
/// @param text what its sign says
/// @param stalls how many replicas sell
/// @param menu the name of the ConfigMap with what is sold
record KioskSpec(String text, int stalls, String menu) {}
