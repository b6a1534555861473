package io.clusterrecovery.ssh;

import java.nio.charset.StandardCharsets;

/** Bytes as a host printed them; nobody changes them. */
final class Bytes {
  private final byte[] array;

  Bytes(byte[] array) {
    this.array = array;
  }

  /** {@return the bytes themselves, not a copy} */
  byte[] array() {
    return array;
  }

  int size() {
    return array.length;
  }

  /** {@return the bytes read as UTF-8} */
  String text() {
    return new String(array, StandardCharsets.UTF_8);
  }
}
