package io.clusterrecovery.examples;

import java.util.function.Supplier;

/**
 * Something that was looked at after a recovery, by means other than the SDK.
 *
 * @param id stable name
 * @param ok whether it holds
 * @param found what was found
 */
record Check(String id, boolean ok, String found) {

  /** What was found, compared with what was wanted. */
  static Check equal(String id, Object wanted, Object found) {
    boolean ok = wanted.equals(found);
    return new Check(id, ok, ok ? String.valueOf(found) : found + ", wanted " + wanted);
  }

  /** The check, or a failed one if it could not be made. */
  static Check of(String id, Supplier<Check> check) {
    try {
      return check.get();
    } catch (RuntimeException e) {
      return new Check(id, false, "could not be checked: " + e);
    }
  }
}
