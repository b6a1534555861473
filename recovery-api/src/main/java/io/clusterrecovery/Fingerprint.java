package io.clusterrecovery;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** The digest of what a plan rests on. */
final class Fingerprint {
  private static final int SHOWN_BYTES = 16;

  private Fingerprint() {}

  static String of(Plan plan) {
    Plan withoutNotes =
        new Plan(
            plan.operation(),
            plan.target(),
            plan.facts(),
            plan.changes(),
            plan.refusals(),
            plan.forced(),
            List.of());
    byte[] digest = sha256().digest(Json.write(withoutNotes).getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(digest, 0, SHOWN_BYTES);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
