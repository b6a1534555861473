package io.clusterrecovery.ssh;

/** Keys that ssh-keygen made, with the fingerprints that it gave them. */
final class SampleKeys {
  static final PublicKey ED25519 =
      new PublicKey(
          "ssh-ed25519", "AAAAC3NzaC1lZDI1NTE5AAAAILDrYsVx/gALyvc7KOqByNxjDxwARIbM/JGa1QTYV61A");
  static final String ED25519_PRINT = "SHA256:nEN0xpAU2eJbzg6kgS4TbK7LP7WWzfSNW4mVGdt5bVY";
  static final PublicKey OTHER_ED25519 =
      new PublicKey(
          "ssh-ed25519", "AAAAC3NzaC1lZDI1NTE5AAAAIIRK8KC5naq+l9YQWfW04VScAn6VWtV+C9FyMXDPBBmL");
  static final PublicKey ECDSA =
      new PublicKey(
          "ecdsa-sha2-nistp256",
          "AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBHkGEa+ZJrOhVoQbjJBjpYa0NjHOjTdeQIOt"
              + "qNUYtav5GlBfDl39/CLrWkiRr3vziPKyvv684kDD9Up8Zh6Nfbg=");
  static final String ECDSA_PRINT = "SHA256:d295U3pjAxTiO3YXUD0lrhVOC8I7489F7q7zY+asHBE";
  static final PublicKey RSA =
      new PublicKey(
          "ssh-rsa",
          "AAAAB3NzaC1yc2EAAAADAQABAAABgQDc0iWcK66t7rPhDDszr1opKDF93/xf0CNYma0MBFdH9oxrIPeB3UcFLQB1ha"
              + "e7dst7ycem8L+v6cWUUGpVqmEXYP8ginAEUu6ShKgtDa+4mAkYhQShSEB6SsFHFu1qjjKCbpPzsYv/NL/Xq9n8XiX3vnkkK"
              + "smZESos3Ihuwx2qHogIOPNvLIs6M52UGngThg3rDKQ2Go56iVjC1wJghragn3sjiTU98cCLoNcXh1pg+F6LMmzCujv7LUZQ"
              + "p8+0VabiDZ/SAC2ECmMVL1jcCWlP0YZqFK62J3ozAVAd32TDjJuj3w4vm8lQO0mLOH6ChEcV5x8EZaWCibvFmTLOE6p1/Z/"
              + "1R5Ts8bu3jMOlBiYbcTk2AmZfLXBxAdahdwyHk6oB637Ew1itv0nP4jvPAq+yNxAwD9EINE4mSoQ1lNCP6tyeYoXYcUqjk+"
              + "eCvq0fOBT9tQ0fmSD7ZVgFT/Wkj40NEYPNLbew9OkiVOQJ6BiOevFzNDlPyNYTgVTkoRUhofk=");
  static final String RSA_PRINT = "SHA256:UEpLJHLnCp5RZnVCOpl6cs8g9pNYucMSVssTdIXBTPs";

  private SampleKeys() {}

  static String line(PublicKey key) {
    return key.type() + " " + key.base64();
  }
}
