/** 街道 subdistrict, 镇 town, 乡 township. All three are called 镇 (town) as a level of the county. */
export type TownKind = 'subdistrict' | 'town' | 'township';
/** 村 village, 社区 community. Both are called 村 (village) as a level of the county. */
export type VillageKind = 'village' | 'community';

/** A town in resources/geo/register.json. `code`: statistics bureau, 9 digits. Position: WGS84 degrees, town seat, schematic. */
export interface RegisterTown {
  code: string;
  name: string;
  kind: TownKind;
  lng: number;
  lat: number;
}

/** A village in resources/geo/register.json. `code`: 12 digits, beginning with its town's. Position: middle of its schematic area. */
export interface RegisterVillage {
  code: string;
  /** short form, 梅塘村 */
  name: string;
  /** 梅塘村委会 */
  officialName: string;
  townCode: string;
  kind: VillageKind;
  lng: number;
  lat: number;
}

export interface GeoRegister {
  towns: RegisterTown[];
  villages: RegisterVillage[];
}
