/**
 * 64-bit FNV-1a as 16 hexadecimal digits, as tests/fixtures/reproducibility.json has it.
 * @param {Uint8Array} bytes
 */
export function fnv1a(bytes) {
  let hash = 0xcbf29ce484222325n;
  for (const byte of bytes) hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
  return hash.toString(16).padStart(16, '0');
}
