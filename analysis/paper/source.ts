/** Where the raw data of arXiv:2602.15214 is published, and the checksum of every file. The files belong to the study's author. */

export interface StudySource {
  readonly arxiv: string;
  /** OWNER/NAME on GitHub. */
  readonly repository: string;
  readonly commit: string;
  /** Folder of the repository that holds one folder a platform. */
  readonly folder: string;
  /** SHA-256 in hexadecimal, by platform and file. */
  readonly sha256: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

export const STUDY: StudySource = {
  arxiv: "2602.15214",
  repository: "opscart/docker-internals-guide",
  commit: "f6457021714c2edf5d36fe6976187bb50674b068",
  folder: "research/results",
  sha256: {
    "azure-premium-ssd": {
      "01-startup-latency.csv": "eed5626a72528baef7737ebd41faa0e385cc37e50ab4b96a1a853ef9b45eeefb",
      "02-copyup-overhead.csv": "7c9bf69a6a135a71ac939a6938e2a3935a08726672e9733560a73e00db7de773",
      "03-cpu-throttling.csv": "1e361d96d87372a1e829296daf8272cecd0f739cb8d272fd3c081807e61e7529",
      "04-write-performance.csv": "0481c5043c2c9aabca04a4c598e382c2f09dc193eace195949567681c372d7af",
      "05-metadata-operations.csv": "b2c6ba085ea7facd3b28db5f4e3d447fd65b915f2f6a1649cfc4e7d7a1f079eb",
      "06-image-pull-time.csv": "4523cd79e0aa74ad9c3bc254b8d99adf2042ba542dc9d09e1eab86f427b7d188",
      "07-namespace-overhead.csv": "1a3d07c894d89c270e78642510e5ac2c0db0506940460e3acb5e5283c9cfcf4c",
      "08-network-latency.csv": "e0df4c7a364a6ffd699119a469d8ab7116ac45171327f87448b2d5c996406999",
      "09-memory-efficiency.csv": "72acbeb6abed63bc297eea400c891a16a18e8335cb79f7f914f49852399358d3",
      "10-qualitative-observations.txt": "72b4a998ddfe951ec55930d0681fb2bd1ac6d5e1f925f106807b1fa98bc394c3",
      "analysis-summary.txt": "a1cd7993bea8d51b141ded7982194000b4fe045dffd99d3359b9dd02972709bd",
      "platform-info.txt": "58c385d07b14bdc60fbfbdfbe0494f1cd51eb121e5059b9679eba8c5bc16dd11",
    },
    "azure-standard-hdd": {
      "01-startup-latency.csv": "017c67556a2514fa8835350520e484fe6823bbfd77db8438a1bd99a078dd51d3",
      "02-copyup-overhead.csv": "7a085d31f0465b7e53b1475abe7a34c49fa94fba60c2b726fb1c905e29daa063",
      "03-cpu-throttling.csv": "43215a2707e5da2d4415a06cdd5bdc565a52269b62f0e8b04e0659cf1b16cb4d",
      "04-write-performance.csv": "28bdb00c253eda87f1dd60d4b815576b7f2e90567ecbd0ad068e4338788bea63",
      "05-metadata-operations.csv": "8cc71ecddbb04197a347e35446a72ee7fe142c57cb4aff47b926bd05ada6c56c",
      "06-image-pull-time.csv": "ae906bd70e0183808e9693ab5ffc25143c2c2dde4d00c95c7ed79e500a3b4229",
      "07-namespace-overhead.csv": "6c7827cc3d4527fea62c8b062471762ee93636e6c9c7a6dd68710121ecd6fb77",
      "08-network-latency.csv": "06529482934a66fdc9cffbb07abd5608e6b00207531596840d44de9f63fa33c1",
      "09-memory-efficiency.csv": "efc3bade121e1e4e561753634435bbb155bb3adc1577476083094680b2b3cc22",
      "10-qualitative-observations.txt": "d8cae6f6901a23454e80308191792a8a0b5e5ce9dfbd20166ffb14c7cfb610df",
      "analysis-summary.txt": "e8325a27e88c705591876ece4dc3ac8f7504628c8f6d0be8eb75fe045bfcd887",
      "platform-info.txt": "c6ef137322a46cb1ea48df091d0165d71916fec1246583781f47eff8c8e5595e",
    },
    "macos-docker-desktop": {
      "01-startup-latency.csv": "1bf99d711f4d79e9ab3f6b72e510d68db8e46affdbfb5a2addfbd2cee1c00ede",
      "02-copyup-overhead.csv": "a54c089eb44651e8964490f184d35e0403bb8d7e65351f5f91574d1579bb8841",
      "03-cpu-throttling.csv": "20f5d4b5e634659a352a508b73dd1b6f491033486bba48bee6998a1a2e63abf9",
      "04-write-performance.csv": "9dd4184ffdf34e22aaccf3656df5836743509aab31df2a3d77e32b6724f9cd4a",
      "05-metadata-operations.csv": "efab1debef88b821b5da66568217488c66ed0579840a8588076ba335ff92c333",
      "06-image-pull-time.csv": "800003922f089b1576e4a756af26dc7c076301659e910abd85056dfbd96088f3",
      "07-namespace-overhead.csv": "f2cea22059253f7930826d30f5fb3eaa1652dfd04727a4fc479bbd467f73742d",
      "08-network-latency.csv": "106b919abab74d7203fd5af4b059722f34513180059246d522b6d570a1f6f28c",
      "09-memory-efficiency.csv": "2bff609b21e0879f8d65434162814dd67c2349b9adb5df99504e675d01a30306",
      "10-qualitative-observations.txt": "7a1350f0e7596959a9a1d86dfae8ab4ead20f6441ff8146d38713d18554017d4",
      "analysis-summary.txt": "69b141eaeda8aa608c5a63b34f27d05b3b48dd59d582841d0946f9453f612b0f",
      "platform-info.txt": "4c29d21356769ee09edbfb42535621aafd4a4b14795aaf476c8a36e4904becce",
    },
  },
};

/** The folder of the files at exactly that commit, as GitHub serves them. */
export const rawUrl = ({ repository, commit, folder }: StudySource): string =>
  `https://raw.githubusercontent.com/${repository}/${commit}/${folder}`;
