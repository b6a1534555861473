package io.clusterrecovery.etcd;

/**
 * How some objects in a database are encrypted at rest.
 *
 * @param provider {@code aescbc}, {@code aesgcm}, {@code secretbox} or {@code kms}; or {@code
 *     identity} for Secrets that are not encrypted
 * @param version the version of its format, such as {@code v1}; empty for {@code identity}
 * @param key the name of the key, or of the KMS plugin; empty for {@code identity}
 * @param objects how many objects are
 */
public record EncryptedBy(String provider, String version, String key, long objects) {

  @Override
  public String toString() {
    return provider.equals("identity")
        ? "identity (%d)".formatted(objects)
        : "%s:%s:%s (%d)".formatted(provider, version, key, objects);
  }
}
